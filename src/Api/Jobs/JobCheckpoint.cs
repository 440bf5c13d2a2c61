namespace RnnService.Api.Jobs;

/// <summary>Where a job goes on when its worker is gone.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Content">What <see cref="RnnService.Model.Checkpoints.CheckpointCodec"/> made of it.</param>
internal sealed record JobCheckpoint(Guid JobId, byte[] Content);
