using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;
using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// Changes jobs. A change, its event and what goes with it are one transaction; a job that ends says so in its log, and needs its
/// checkpoint no more.
/// </summary>
internal sealed class JobStore(IDbContextFactory<ServiceDbContext> databases, JobReader reader, TimeProvider time, JobBell bell)
{
    /// <summary>Adds a job, unless one was added with the same key.</summary>
    /// <param name="settings">What to train.</param>
    /// <param name="queueLimit">How many jobs may wait.</param>
    /// <param name="idempotencyKey">The client's own name for the request, so that it may be sent twice; null for none.</param>
    /// <param name="cancellation">The client left.</param>
    /// <returns>Whether it was added, and the job of that key.</returns>
    /// <exception cref="JobQueueFullException">So many jobs are queued already.</exception>
    public async Task<(bool Added, JobLog Log)> AddAsync(TrainingSettings settings, int queueLimit, string? idempotencyKey, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<TrainingJob> jobs = database.Set<TrainingJob>();
        await using IDbContextTransaction transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);

        Guid known = idempotencyKey is null ? default : await jobs.Where(job => job.IdempotencyKey == idempotencyKey).Select(job => job.Id).SingleOrDefaultAsync(cancellation);
        if (known != default)
        {
            return (false, await reader.GetAsync(known, cancellation));
        }

        if (await jobs.CountAsync(job => job.Status == TrainingJobStatus.Queued, cancellation) >= queueLimit)
        {
            throw new JobQueueFullException(queueLimit);
        }

        TrainingJob added = new(Guid.CreateVersion7(), settings, idempotencyKey, time.GetUtcNow().UtcDateTime);
        jobs.Add(added);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (true, new JobLog(added, []));
    }

    /// <summary>Makes a change if it may be made, and wakes those who watch.</summary>
    /// <returns>Whether it was made, and the job as it is now.</returns>
    /// <exception cref="JobNotFoundException">There is no job of that id.</exception>
    public async Task<(bool Taken, TrainingJob Job)> AdvanceAsync(Guid id, JobChange change)
    {
        (bool Taken, TrainingJob Job)? result;
        do
        {
            result = await TryAdvanceAsync(id, change);
        }
        while (result is null);

        if (result.Value.Taken)
        {
            try
            {
                await (change.Afterwards?.Invoke() ?? Task.CompletedTask);
            }
            finally
            {
                bell.Ring(id);
            }
        }

        return result.Value;
    }

    /// <summary>Makes every running job free to take. Only for a process that knows that no other is at work.</summary>
    public async Task ReleaseAllAsync(CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        await database.Set<TrainingJob>()
            .Where(job => job.LeaseUntil != null)
            .ExecuteUpdateAsync(job => job.SetProperty(row => row.LeaseUntil, (DateTime?)null), cancellation);
    }

    /// <summary>Null when somebody else changed the job at the same moment.</summary>
    private async Task<(bool Taken, TrainingJob Job)?> TryAdvanceAsync(Guid id, JobChange change)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync();
        await using IDbContextTransaction transaction = await database.Database.BeginTransactionAsync();
        TrainingJob job = await database.Set<TrainingJob>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id) ?? throw new JobNotFoundException(id.ToString());
        if (change.Step(job, time.GetUtcNow().UtcDateTime) is not TrainingJob next)
        {
            return (false, job);
        }

        EntityEntry<TrainingJob> entry = database.Update(next);
        entry.Property(row => row.Revision).OriginalValue = job.Revision;
        entry.Property(row => row.Revision).CurrentValue = job.Revision + 1;
        if (change.Event is not null || next.IsOver)
        {
            JobLog log = await JobReader.ReadAsync(database, next);
            JobEventBody body = change.Event ?? JobEventBody.End(log);
            database.Add(new JobEvent(id, log.Events.Count + 1, body.Type, body.Data));
        }

        if (next.IsOver)
        {
            await database.Set<JobCheckpoint>().Where(checkpoint => checkpoint.JobId == id).ExecuteDeleteAsync();
        }

        try
        {
            await (change.Alongside?.Invoke(database) ?? Task.CompletedTask);
            await database.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException e) when (e.Entries.Any(row => row.Entity is TrainingJob))
        {
            return null;
        }

        await transaction.CommitAsync();
        return (true, next);
    }
}
