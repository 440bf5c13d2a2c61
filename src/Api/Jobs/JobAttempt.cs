namespace RnnService.Api.Jobs;

/// <summary>A worker's claim on a job.</summary>
/// <param name="Number">The attempt, from 1.</param>
/// <param name="Worker">The name of the worker's process.</param>
/// <param name="Host">The name of its machine.</param>
/// <param name="StartedAt">When the worker claimed the job.</param>
internal sealed record JobAttempt(int Number, string Worker, string Host, DateTime StartedAt);
