using RnnService.Api.Http;

namespace RnnService.Api.Jobs;

/// <summary>Only a failed or cancelled job whose checkpoint still exists can be resumed.</summary>
internal sealed class JobNotResumableException(string reason) : ProblemException(StatusCodes.Status409Conflict, reason)
{
    public static JobNotResumableException ForStatus(TrainingJob job) =>
        new($"Job {job.Id} is {EnumNames.Of(job.Status)}, and only failed or cancelled jobs can be resumed.");

    public static JobNotResumableException ForExpiredCheckpoint(TrainingJob job) =>
        new($"The checkpoint of job {job.Id} has expired. Start a new job with the same options: POST /train.");
}
