using System.Security.Cryptography;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Model.Inference;
using RnnService.Model.Training;

namespace RnnService.Api.Models;

/// <summary>A trained model without its weights.</summary>
internal sealed record ModelVersion(
    Guid Id,
    Guid JobId,
    DateTime CreatedAt,
    TrainingSettings Settings,
    ConfusionMatrix Confusion,
    long Parameters,
    string Sha256) : IListed
{
    /// <summary>The version number. It is never reused, even if the model is deleted.</summary>
    public int Number { get; private init; }

    public ModelIdentity Identity => new(Id, Number);

    /// <summary>Describes the result of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="weights">The weights as a safetensors file.</param>
    /// <param name="test">The evaluation on the test images.</param>
    /// <param name="now">The current time, UTC.</param>
    public static ModelVersion Of(TrainingJob job, byte[] weights, Evaluation test, DateTime now) =>
        new(Guid.CreateVersion7(), job.Id, now, job.Settings, test.Confusion, job.Settings.NetworkSettings.ParameterCount, Hash(weights));

    /// <summary>Verifies that the weights have not changed since training.</summary>
    /// <exception cref="ModelDamagedException">The weights have changed.</exception>
    public void Check(byte[] weights) => CheckHash(Hash(weights));

    /// <summary>Verifies that weights have not changed since the training.</summary>
    /// <param name="hash">The SHA-256 of the weights, in lowercase hexadecimal digits.</param>
    /// <exception cref="ModelDamagedException">The weights have changed.</exception>
    public void CheckHash(string hash)
    {
        if (hash != Sha256)
        {
            throw new ModelDamagedException(this, $"the SHA-256 of its weights is {hash}, but it was {Sha256} after training.");
        }
    }

    private static string Hash(byte[] weights) => Convert.ToHexStringLower(SHA256.HashData(weights));
}
