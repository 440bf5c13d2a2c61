using RnnService.Api.Http;

namespace RnnService.Api.Jobs;

/// <summary>A finished job cannot be cancelled.</summary>
internal sealed class JobFinishedException(TrainingJob job) : ProblemException(
    StatusCodes.Status409Conflict,
    $"Job {job.Id} has already finished with status {EnumNames.Of(job.Status)} and cannot be cancelled.");
