namespace RnnService.Api.Jobs;

/// <summary>An entry in a job's event log.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Sequence">The position in the log, from 1 without gaps.</param>
/// <param name="Type">The type, one of <see cref="JobEventType"/>.</param>
/// <param name="Data">JSON: a <see cref="StoredEpoch"/> or a <see cref="StoredJobState"/>.</param>
internal sealed record JobEvent(Guid JobId, int Sequence, string Type, string Data);
