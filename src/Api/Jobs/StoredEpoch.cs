using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>The result of an epoch in a job's log.</summary>
internal sealed record StoredEpoch(
    int Epoch,
    double Loss,
    double CumulativeLoss,
    double ValidationLoss,
    double ValidationAccuracy,
    double LearningRate,
    double Seconds,
    double ImagesPerSecond,
    int Version = 1) : IStoredValue
{
    public static int LatestVersion => 1;

    public static StoredEpoch From(EpochResult result) => new(
        result.Epoch,
        result.Loss,
        result.CumulativeLoss,
        result.ValidationLoss,
        result.ValidationAccuracy,
        result.LearningRate,
        result.Seconds,
        result.ImagesPerSecond);
}
