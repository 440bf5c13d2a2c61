using RnnService.Api.Http;

namespace RnnService.Api.Jobs;

/// <summary>The job was rejected because the queue is full.</summary>
internal sealed class JobQueueFullException(int limit) : ProblemException(
    StatusCodes.Status429TooManyRequests,
    $"{limit} jobs are already queued, which is the limit. Try again when one has started, or cancel one with POST /jobs/{{id}}/cancel.")
{
    public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(30);
}
