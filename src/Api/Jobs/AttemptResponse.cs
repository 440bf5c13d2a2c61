namespace RnnService.Api.Jobs;

/// <summary>A worker's attempt to train a job.</summary>
/// <param name="Number" example="1">The attempt, from 1.</param>
/// <param name="Worker" example="node1-4711-c0ffee">The worker: a name that is unique to its process.</param>
/// <param name="Host" example="node1">The name of the worker's machine.</param>
/// <param name="StartedAt">When the attempt started, UTC.</param>
internal sealed record AttemptResponse(int Number, string Worker, string Host, DateTime StartedAt)
{
    public static AttemptResponse From(JobAttempt attempt) => new(attempt.Number, attempt.Worker, attempt.Host, attempt.StartedAt);
}
