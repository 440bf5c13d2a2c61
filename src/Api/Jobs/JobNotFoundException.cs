using RnnService.Api.Http;

namespace RnnService.Api.Jobs;

/// <summary>No job has this id.</summary>
internal sealed class JobNotFoundException(string id) : ProblemException(
    StatusCodes.Status404NotFound,
    $"There is no job '{id}'. GET /jobs lists all jobs.");
