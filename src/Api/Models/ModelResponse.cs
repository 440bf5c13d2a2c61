using RnnService.Api.Jobs;
using RnnService.Model.Networks;

namespace RnnService.Api.Models;

/// <summary>A trained network.</summary>
/// <param name="Id">The model's id, a UUIDv7.</param>
/// <param name="Version" example="1">Counts up from 1.</param>
/// <param name="JobId">The job that trained it.</param>
/// <param name="CreatedAt">When it was done, UTC.</param>
/// <param name="Network">The kind of network.</param>
/// <param name="Options">What it was trained with.</param>
/// <param name="TestAccuracy" example="0.9875">Share of the test images told right, 0 to 1.</param>
/// <param name="ClassAccuracy" example="[0.99,0.99,0.98,0.98,0.98,0.99,0.99,0.98,0.98,0.98]">The same for the test images of each digit, 0 to 9; null for a digit that the test set lacks.</param>
/// <param name="ConfusionMatrix">How many test images of each digit (row) were told to be each digit (column).</param>
/// <param name="Parameters" example="295434">How many numbers were learned.</param>
/// <param name="Sha256">Of its weights: the same request on the same machine gives the same.</param>
/// <param name="Active" example="true">Whether it serves now.</param>
/// <param name="Pinned" example="false">Whether it was chosen to serve whatever is trained later.</param>
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
        [.. Enumerable.Range(0, DigitNetwork.ClassCount).Select(model.Confusion.ClassAccuracy)],
        model.Confusion.Counts,
        model.Parameters,
        model.Sha256,
        model.Id == active,
        model.Id == pinned);
}
