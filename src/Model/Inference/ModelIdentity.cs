namespace RnnService.Model.Inference;

/// <summary>Identifies a trained network.</summary>
/// <param name="Id">Unique; never reused.</param>
/// <param name="Version">Counts up from 1.</param>
public sealed record ModelIdentity(Guid Id, int Version);
