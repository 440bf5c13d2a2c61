namespace RnnService.Api.Jobs;

/// <summary>Another worker has the job, or it is over: this one may write nothing more about it.</summary>
internal sealed class LeaseLostException(TrainingJob job)
    : Exception($"The worker was silent too long and lost job {job.Id}, which is {job.Status} at attempt {job.Attempt}.");
