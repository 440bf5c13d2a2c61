namespace RnnService.Api.Progress;

/// <summary>An entry of a job's log.</summary>
/// <param name="Sequence">Its place in the log, from 1 without gaps.</param>
/// <param name="Type">epoch, succeeded, failed or cancelled.</param>
/// <param name="Data">JSON: the epoch, or the job at its end.</param>
internal sealed record JobEvent(long Sequence, string Type, string Data);
