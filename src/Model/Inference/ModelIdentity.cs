namespace RnnService.Model.Inference;

/// <summary>Identifies a trained network.</summary>
/// <param name="Id">The id, which is unique and never reused.</param>
/// <param name="Version">The version number, from 1.</param>
public sealed record ModelIdentity(Guid Id, int Version);
