namespace RnnService.Api.Jobs;

/// <summary>The table of the states from which jobs are resumed; <see cref="JobCheckpoints"/> reads and writes it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Content">The checkpoint, encoded by <see cref="RnnService.Model.Checkpoints.CheckpointCodec"/>.</param>
internal sealed record JobCheckpoint(Guid JobId, byte[] Content);
