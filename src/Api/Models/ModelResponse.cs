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
/// <param name="Parameters" example="295434">How many numbers were learned.</param>
/// <param name="Sha256">Of its weights: the same request on the same machine gives the same.</param>
internal sealed record ModelResponse(
    Guid Id,
    int Version,
    Guid JobId,
    DateTime CreatedAt,
    NetworkType Network,
    TrainingOptionsResponse Options,
    double TestAccuracy,
    long Parameters,
    string Sha256)
{
    public static ModelResponse From(ModelVersion model) => new(
        model.Id,
        model.Version,
        model.JobId,
        model.CreatedAt,
        model.Settings.Network,
        TrainingOptionsResponse.From(model.Settings),
        model.TestAccuracy,
        model.Parameters,
        model.Sha256);
}
