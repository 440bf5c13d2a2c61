namespace RnnService.Api.Jobs;

/// <summary>An entry of a job's log. The log is the truth of what happened, and in which order.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Sequence">Its place in the log, from 1 without gaps.</param>
/// <param name="Type">epoch, succeeded, failed or cancelled.</param>
/// <param name="Data">JSON: the epoch, or the job at its end.</param>
internal sealed record JobEvent(Guid JobId, int Sequence, string Type, string Data);
