namespace RnnService.Api.Jobs;

/// <summary>The state from which a job is resumed.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Content">The checkpoint, encoded by <see cref="RnnService.Model.Checkpoints.CheckpointCodec"/>.</param>
internal sealed record JobCheckpoint(Guid JobId, byte[] Content);
