using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>
/// The state of a job at a terminal or `resumed` event. Version 1 was the API's whole response for the job: it has the same fields and others, which are ignored.
/// </summary>
internal sealed record StoredJobState(
    TrainingJobStatus Status,
    DateTime? StartedAt,
    DateTime? FinishedAt,
    int Attempt,
    StoredProgress? Progress,
    double? TestAccuracy,
    Guid? ModelId,
    StoredError? Error,
    int Version = 1) : IStoredValue
{
    public static int LatestVersion => 2;

    public static StoredJobState From(TrainingJob job) => new(
        job.Status,
        job.StartedAt,
        job.FinishedAt,
        job.Attempt,
        job.Progress is null ? null : StoredProgress.From(job.Progress),
        job.TestAccuracy,
        job.ModelId,
        job.Error is null ? null : StoredError.From(job.Error),
        LatestVersion);
}
