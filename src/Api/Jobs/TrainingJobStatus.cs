namespace RnnService.Api.Jobs;

/// <summary>Where a job is on its way. The last three are for ever.</summary>
internal enum TrainingJobStatus
{
    Queued,
    Running,
    Cancelling,
    Succeeded,
    Failed,
    Cancelled,
}
