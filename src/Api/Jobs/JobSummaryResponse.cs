namespace RnnService.Api.Jobs;

/// <summary>A training job in a list, without its epochs.</summary>
/// <param name="Id">The job's id, a UUIDv7.</param>
/// <param name="Status">The job's status.</param>
/// <param name="Priority">The job's priority.</param>
/// <param name="Options">The training options, including defaults.</param>
/// <param name="CreatedAt">When the job was created, UTC.</param>
/// <param name="StartedAt">When a worker first started the job, UTC; null before that.</param>
/// <param name="FinishedAt">When the job finished, UTC; null before that.</param>
/// <param name="EstimatedFinishAt">When the job is expected to finish, without early stopping, UTC; null unless it is running.</param>
/// <param name="Attempt" example="1">How many times a worker started the job. It is more than 1 if the service was stopped or killed during training.</param>
/// <param name="Attempts">The last 100 attempts, oldest first, with their workers. Attempts of earlier versions, which did not record them, are missing.</param>
/// <param name="Progress">The progress by batch; null until the job starts.</param>
/// <param name="BestValidationAccuracy" example="0.9861">The best validation accuracy of its epochs, 0 to 1; null until the first is completed.</param>
/// <param name="TestAccuracy" example="0.9875">Fraction of the test images that are classified correctly, 0 to 1; null until the job succeeds.</param>
/// <param name="ModelId">The trained model; null until the job succeeds.</param>
/// <param name="Error">Why the job failed; null unless it did.</param>
internal sealed record JobSummaryResponse(
    Guid Id,
    TrainingJobStatus Status,
    JobPriority Priority,
    TrainingOptionsResponse Options,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? FinishedAt,
    DateTime? EstimatedFinishAt,
    int Attempt,
    IReadOnlyList<AttemptResponse> Attempts,
    ProgressResponse? Progress,
    double? BestValidationAccuracy,
    double? TestAccuracy,
    Guid? ModelId,
    JobErrorResponse? Error)
{
    public static JobSummaryResponse From(TrainingJob job) => new(
        job.Id,
        job.Status,
        job.Priority,
        TrainingOptionsResponse.From(job.Settings),
        job.CreatedAt,
        job.StartedAt,
        job.FinishedAt,
        job.EstimatedFinishAt,
        job.Attempt,
        [.. job.Attempts.Items.Select(AttemptResponse.From)],
        job.Progress is null ? null : ProgressResponse.From(job.Progress),
        job.BestValidationAccuracy,
        job.TestAccuracy,
        job.ModelId,
        job.Error is null ? null : JobErrorResponse.From(job.Error));
}
