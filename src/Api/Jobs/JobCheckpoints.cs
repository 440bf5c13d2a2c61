using RnnService.Api.Storage;
using RnnService.Model.Checkpoints;

namespace RnnService.Api.Jobs;

/// <summary>The checkpoints of jobs, from which they are resumed. A job has at most one: the last.</summary>
internal sealed class JobCheckpoints(IBlobs blobs)
{
    private static readonly BlobColumn Column = new("job_checkpoints", "job_id", "content");

    /// <summary>Reads the checkpoint of a job; null if it has none.</summary>
    public async Task<Checkpoint?> FindAsync(ServiceDbContext database, Guid jobId, CancellationToken cancellation) =>
        await blobs.FindAsync(database, Column, jobId, cancellation) is byte[] content ? CheckpointCodec.Decode(content) : null;

    /// <summary>Whether a job has a checkpoint, in the caller's transaction.</summary>
    public async Task<bool> ExistsAsync(ServiceDbContext database, Guid jobId) => await blobs.FindLengthAsync(database, Column, jobId, CancellationToken.None) is not null;

    /// <summary>Replaces the checkpoint of a job in the caller's transaction.</summary>
    /// <param name="database">The context with the transaction.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="content">The checkpoint, encoded by <see cref="CheckpointCodec"/>.</param>
    public Task WriteAsync(ServiceDbContext database, Guid jobId, byte[] content) => blobs.WriteAsync(database, Column, jobId, content);

    /// <summary>Deletes the checkpoint of a job, if there is one, in the caller's transaction.</summary>
    public Task DeleteAsync(ServiceDbContext database, Guid jobId) => blobs.DeleteAsync(database, Column, jobId);
}
