namespace RnnService.Api.Jobs;

/// <summary>The reason why a job failed.</summary>
/// <param name="Code">For programs: <c>diverged</c>, <c>workersDied</c> or <c>internal</c>.</param>
/// <param name="Message">For people.</param>
internal sealed record JobError(string Code, string Message)
{
    public const string WorkersDiedCode = "workersDied";

    /// <param name="count">How many workers died.</param>
    public static JobError WorkersDied(int count) => new(
        WorkersDiedCode,
        $"{count} workers in a row ended unexpectedly without an epoch completed in between, for example because the system ran out of memory. Fix the cause, then POST /jobs/{{id}}/resume.");
}
