using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Deletes finished jobs and their checkpoints when their time is over.</summary>
internal sealed class ExpiredJobs(IDbContextFactory<ServiceDbContext> databases)
{
    /// <summary>Deletes some of the jobs that finished before a time, with their logs and checkpoints. A deletion locks the database, so each call deletes only a few.</summary>
    /// <returns>How many were deleted; 0 if none is left.</returns>
    public async Task<int> DeleteJobsAsync(DateTime before, int limit, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        IQueryable<int> finished = database.Set<TrainingJob>()
            .Where(job => TrainingJob.TerminalStatuses.Contains(job.Status) && job.FinishedAt < before)
            .OrderBy(job => job.FinishedAt)
            .Select(job => job.Number)
            .Take(limit);

        // A job can be resumed while its deletion waits: PostgreSQL then evaluates only this condition again.
        return await database.Set<TrainingJob>()
            .Where(job => finished.Contains(job.Number) && TrainingJob.TerminalStatuses.Contains(job.Status))
            .ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Deletes some of the checkpoints of jobs that finished before a time. A deletion locks the database, so each call deletes only a few.</summary>
    /// <returns>How many were deleted; 0 if none is left.</returns>
    public async Task<int> DeleteCheckpointsAsync(DateTime before, int limit, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<JobCheckpoint> checkpoints = database.Set<JobCheckpoint>();
        IQueryable<Guid> finished = database.Set<TrainingJob>()
            .Where(job => TrainingJob.TerminalStatuses.Contains(job.Status) && job.FinishedAt < before)
            .Select(job => job.Id);
        IQueryable<Guid> expired = checkpoints.Where(checkpoint => finished.Contains(checkpoint.JobId)).Select(checkpoint => checkpoint.JobId).Take(limit);
        return await checkpoints.Where(checkpoint => expired.Contains(checkpoint.JobId)).ExecuteDeleteAsync(cancellation);
    }
}
