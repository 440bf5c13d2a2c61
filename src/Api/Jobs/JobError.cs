namespace RnnService.Api.Jobs;

/// <summary>The reason why a job failed.</summary>
/// <param name="Code">For programs: <c>diverged</c> or <c>internal</c>.</param>
/// <param name="Message">For people.</param>
internal sealed record JobError(string Code, string Message);
