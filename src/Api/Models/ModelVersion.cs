using System.Security.Cryptography;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using RnnService.Model.Training;

namespace RnnService.Api.Models;

/// <summary>A trained network, apart from its weights.</summary>
internal sealed record ModelVersion(
    Guid Id,
    Guid JobId,
    DateTime CreatedAt,
    TrainingSettings Settings,
    ConfusionMatrix Confusion,
    long Parameters,
    string Sha256) : IListed
{
    /// <summary>Never given twice, not even when the model is deleted.</summary>
    public int Number { get; private init; }

    public ModelIdentity Identity => new(Id, Number);

    /// <summary>Describes what a job has trained.</summary>
    /// <param name="job">The job.</param>
    /// <param name="network">Its network.</param>
    /// <param name="weights">The network's weights as a safetensors file.</param>
    /// <param name="test">How it did on the test images.</param>
    /// <param name="now">The time, UTC.</param>
    public static ModelVersion Of(TrainingJob job, DigitNetwork network, byte[] weights, Evaluation test, DateTime now) =>
        new(Guid.CreateVersion7(), job.Id, now, job.Settings, test.Confusion, network.ParameterCount, Hash(weights));

    /// <summary>Makes sure that weights are those that were trained.</summary>
    /// <exception cref="ModelDamagedException">They were changed.</exception>
    public void Check(byte[] weights)
    {
        string hash = Hash(weights);
        if (hash != Sha256)
        {
            throw new ModelDamagedException(this, $"the SHA-256 of its weights is {hash}, but was {Sha256} when it was trained.");
        }
    }

    private static string Hash(byte[] weights) => Convert.ToHexStringLower(SHA256.HashData(weights));
}
