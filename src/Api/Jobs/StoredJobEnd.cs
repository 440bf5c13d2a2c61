using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>
/// The changes to a job at its end. Version 1 was the API's complete response for the job, which contains the same fields and others that are ignored.
/// </summary>
internal sealed record StoredJobEnd(
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

    public static StoredJobEnd From(TrainingJob job) => new(
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
