using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Deletes finished jobs and their checkpoints when their time is over.</summary>
internal sealed class ExpiredJobs(IDbContextFactory<ServiceDbContext> databases, JobCheckpoints checkpoints)
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

    /// <summary>Deletes some of the checkpoints of jobs that finished before a time, each in a transaction of its own.</summary>
    /// <returns>How many were deleted; 0 if none is left.</returns>
    public async Task<int> DeleteCheckpointsAsync(DateTime before, int limit, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<JobCheckpoint> stored = database.Set<JobCheckpoint>();
        IQueryable<TrainingJob> finished = database.Set<TrainingJob>().Where(job => TrainingJob.TerminalStatuses.Contains(job.Status) && job.FinishedAt < before);
        List<Guid> expired = await finished
            .Where(job => stored.Any(checkpoint => checkpoint.JobId == job.Id))
            .OrderBy(job => job.FinishedAt)
            .Select(job => job.Id)
            .Take(limit)
            .ToListAsync(cancellation);

        int deleted = 0;
        foreach (Guid id in expired)
        {
            await using IDbContextTransaction transaction = await database.Database.BeginTransactionAsync(cancellation);

            // Locks the job like every change of it: one that is resumed at the same time either keeps its checkpoint, or is refused because it has none.
            if (await finished.Where(job => job.Id == id).ExecuteUpdateAsync(job => job.SetProperty(row => row.Revision, row => row.Revision + 1), cancellation) == 1)
            {
                await checkpoints.DeleteAsync(database, id);
                await transaction.CommitAsync(cancellation);
                deleted++;
            }
        }

        return deleted;
    }
}
