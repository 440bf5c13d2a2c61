namespace RnnService.Api.Jobs;

/// <summary>The status of a job. The last three are terminal.</summary>
internal enum TrainingJobStatus
{
    Queued,
    Running,
    Cancelling,
    Succeeded,
    Failed,
    Cancelled,
}
