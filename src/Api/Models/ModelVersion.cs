using System.Security.Cryptography;
using RnnService.Model.Inference;
using RnnService.Model.Training;

namespace RnnService.Api.Models;

/// <summary>A trained network, with all that is needed to make it again.</summary>
internal sealed record ModelVersion(
    Guid Id,
    int Version,
    Guid JobId,
    DateTime CreatedAt,
    TrainingSettings Settings,
    double TestAccuracy,
    long Parameters,
    byte[] Weights)
{
    public ModelIdentity Identity => new(Id, Version);

    /// <summary>Of the weights as a safetensors file.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Weights));
}
