namespace RnnService.Api.Jobs;

/// <summary>A training job.</summary>
/// <param name="Id">The job's id, a UUIDv7.</param>
/// <param name="Status">Where the job is on its way.</param>
/// <param name="Options">What was asked for, with every default filled in.</param>
/// <param name="CreatedAt">When it was asked for, UTC.</param>
/// <param name="StartedAt">When a worker first took it, UTC; null until then.</param>
/// <param name="FinishedAt">When it ended, UTC; null until then.</param>
/// <param name="EstimatedFinishAt">When it will probably end, if patience does not end it earlier, UTC; null unless it runs.</param>
/// <param name="Attempt" example="1">How often a worker took it: more than once when the service stopped or was killed in between.</param>
/// <param name="Progress">Where it is, to the batch; null until it runs.</param>
/// <param name="Epochs">The epochs that are done: fewer than asked for when patience ended the training.</param>
/// <param name="TestAccuracy" example="0.9875">Share of the test images told right, 0 to 1; null until it has succeeded.</param>
/// <param name="ModelId">The model it gave; null until it has succeeded.</param>
/// <param name="Error">Why it failed; null unless it did.</param>
internal sealed record JobResponse(
    Guid Id,
    TrainingJobStatus Status,
    TrainingOptionsResponse Options,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? FinishedAt,
    DateTime? EstimatedFinishAt,
    int Attempt,
    ProgressResponse? Progress,
    IReadOnlyList<EpochResponse> Epochs,
    double? TestAccuracy,
    Guid? ModelId,
    JobError? Error)
{
    public static JobResponse From(JobLog log)
    {
        TrainingJob job = log.Job;
        return new(
            job.Id,
            job.Status,
            TrainingOptionsResponse.From(job.Settings),
            job.CreatedAt,
            job.StartedAt,
            job.FinishedAt,
            job.EstimatedFinishAt,
            job.Attempt,
            job.Progress is null ? null : ProgressResponse.From(job.Progress),
            [.. log.Epochs],
            job.TestAccuracy,
            job.ModelId,
            job.Error);
    }
}
