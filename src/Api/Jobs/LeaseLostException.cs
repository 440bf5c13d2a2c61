namespace RnnService.Api.Jobs;

/// <summary>The lease expired and another worker claimed the job, or the job has ended. The worker can no longer write.</summary>
internal sealed class LeaseLostException(TrainingJob job)
    : Exception($"The worker lost its lease on job {job.Id}, which now has status {job.Status} at attempt {job.Attempt}.")
{
    /// <summary>The job now.</summary>
    public TrainingJob Job => job;
}
