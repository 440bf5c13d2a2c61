using RnnService.Api.Http;

namespace RnnService.Api.Jobs;

/// <summary>A job that has not finished cannot be deleted.</summary>
internal sealed class JobNotFinishedException(TrainingJob job) : ProblemException(
    StatusCodes.Status409Conflict,
    $"Job {job.Id} is {EnumNames.Of(job.Status)}, and only finished jobs can be deleted. Cancel it first with POST /jobs/{job.Id}/cancel.");
