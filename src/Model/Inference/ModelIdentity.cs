namespace RnnService.Model.Inference;

/// <summary>Which trained network an answer came from.</summary>
/// <param name="Id">Unique for ever.</param>
/// <param name="Version">Counts up from 1.</param>
public sealed record ModelIdentity(Guid Id, int Version);
