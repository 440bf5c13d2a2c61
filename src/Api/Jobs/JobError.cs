namespace RnnService.Api.Jobs;

/// <summary>The reason why a job failed.</summary>
/// <param name="Code">A code for programs: <c>diverged</c> or <c>internal</c>.</param>
/// <param name="Message">A message for people.</param>
internal sealed record JobError(string Code, string Message);
