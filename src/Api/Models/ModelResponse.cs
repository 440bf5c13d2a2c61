using RnnService.Api.Jobs;
using RnnService.Model.Architecture;

namespace RnnService.Api.Models;

/// <summary>A trained model.</summary>
/// <param name="Id">The model's id, a UUIDv7.</param>
/// <param name="Version" example="1">The version number, from 1.</param>
/// <param name="JobId">The job that trained it.</param>
/// <param name="CreatedAt">When training finished, UTC.</param>
/// <param name="Network">The type of network.</param>
/// <param name="Options">The training options.</param>
/// <param name="TestAccuracy" example="0.9875">Fraction of the test images that are classified correctly, 0 to 1.</param>
/// <param name="ClassAccuracy" example="[0.99,0.99,0.98,0.98,0.98,0.99,0.99,0.98,0.98,0.98]">The test accuracy for each digit from 0 to 9; null for a digit without test images.</param>
/// <param name="ConfusionMatrix">How many test images of each digit (row) are classified as each digit (column).</param>
/// <param name="Parameters" example="295434">The number of trained parameters.</param>
/// <param name="Sha256">The SHA-256 of the weights. The same request on the same machine results in the same weights.</param>
/// <param name="Active" example="true">Whether the model is active.</param>
/// <param name="Pinned" example="false">Whether the model stays active when others are trained.</param>
internal sealed record ModelResponse(
    Guid Id,
    int Version,
    Guid JobId,
    DateTime CreatedAt,
    NetworkType Network,
    TrainingOptionsResponse Options,
    double TestAccuracy,
    IReadOnlyList<double?> ClassAccuracy,
    IReadOnlyList<IReadOnlyList<int>> ConfusionMatrix,
    long Parameters,
    string Sha256,
    bool Active,
    bool Pinned)
{
    public static ModelResponse From(ModelVersion model, Guid? active, Guid? pinned) => new(
        model.Id,
        model.Number,
        model.JobId,
        model.CreatedAt,
        model.Settings.Network,
        TrainingOptionsResponse.From(model.Settings),
        model.Confusion.Accuracy,
        [.. Enumerable.Range(0, NetworkSettings.ClassCount).Select(model.Confusion.ClassAccuracy)],
        model.Confusion.Counts,
        model.Parameters,
        model.Sha256,
        model.Id == active,
        model.Id == pinned);
}
