namespace RnnService.Api.Jobs;

/// <summary>As many jobs wait as may, and one more was refused.</summary>
internal sealed class JobQueueFullException(int limit)
    : Exception($"{limit} jobs are waiting already, which is as many as may. Try again when one has begun, or cancel one with POST /jobs/{{id}}/cancel.");
