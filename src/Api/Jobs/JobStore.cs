using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>
/// Adds, changes and deletes jobs. A change, its event and its further writes are one transaction. When a job ends, the terminal event is added. The checkpoint of a
/// job that succeeded is deleted; that of a failed or cancelled job is kept for a while, so that the job can be resumed.
/// </summary>
internal sealed class JobStore(IDbContextFactory<ServiceDbContext> databases, JobReader reader, JobLeases leases, JobCheckpoints checkpoints, JobNotifier notifier) : IDisposable
{
    // Additions conflict with each other: many at once would repeat each other's transactions, and use all connections.
    private const int ConcurrentAdditions = 4;

    private readonly SemaphoreSlim additions = new(ConcurrentAdditions);

    /// <summary>Adds a job unless there is one with the same idempotency key.</summary>
    /// <param name="job">The job.</param>
    /// <param name="queueLimit">The maximum number of queued jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>Whether the job was added, and the job with this key.</returns>
    /// <exception cref="JobQueueFullException">The limit of queued jobs is reached.</exception>
    public async Task<(bool Added, JobSnapshot Snapshot)> AddAsync(NewJob job, int queueLimit, CancellationToken cancellation)
    {
        (TrainingJob? added, Guid known) = await AddInTurnAsync(job, queueLimit, cancellation);
        return added is null ? (false, await reader.GetAsync(known, cancellation)) : (true, new JobSnapshot(added, []));
    }

    /// <summary>Applies a change if its transition is allowed, and notifies subscribers.</summary>
    /// <returns>Whether the change was applied, now or by an earlier repetition, and the current job.</returns>
    /// <exception cref="JobNotFoundException">No job has this id.</exception>
    public async Task<(bool Applied, TrainingJob Job)> AdvanceAsync(Guid id, JobChange change)
    {
        (bool Applied, TrainingJob Job)? result;
        do
        {
            result = await TryAdvanceAsync(id, change);
        }
        while (result is null);

        TrainingJob job = result.Value.Job;
        bool applied = result.Value.Applied || change.IsDone?.Invoke(job) == true;
        if (applied)
        {
            try
            {
                await (change.AfterCommit?.Invoke() ?? Task.CompletedTask);
            }
            finally
            {
                notifier.Notify(id);
            }
        }

        return (applied, job);
    }

    public void Dispose() => additions.Dispose();

    /// <summary>Deletes a finished job, its log and its checkpoint. Its model remains.</summary>
    /// <exception cref="JobNotFoundException">No job has this id.</exception>
    /// <exception cref="JobNotFinishedException">The job has not finished.</exception>
    public async Task DeleteAsync(Guid id, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<TrainingJob> jobs = database.Set<TrainingJob>();
        if (await jobs.Where(job => job.Id == id && TrainingJob.TerminalStatuses.Contains(job.Status)).ExecuteDeleteAsync(cancellation) == 0)
        {
            TrainingJob job = await jobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, cancellation) ?? throw new JobNotFoundException(id.ToString());
            throw new JobNotFinishedException(job);
        }

        notifier.Notify(id);
    }

    private async Task<(TrainingJob? Added, Guid Known)> AddInTurnAsync(NewJob job, int queueLimit, CancellationToken cancellation)
    {
        await additions.WaitAsync(cancellation);
        try
        {
            return await DatabaseConflict.RetryAsync(() => TryAddAsync(job, queueLimit, cancellation), cancellation);
        }
        finally
        {
            additions.Release();
        }
    }

    /// <summary>Returns the new job, or the id of the job with this key.</summary>
    private async Task<(TrainingJob? Added, Guid Known)> TryAddAsync(NewJob job, int queueLimit, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<TrainingJob> jobs = database.Set<TrainingJob>();
        await using IDbContextTransaction transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);

        Guid known = job.IdempotencyKey is null ? default : await jobs.Where(other => other.IdempotencyKey == job.IdempotencyKey).Select(other => other.Id).SingleOrDefaultAsync(cancellation);
        if (known != default)
        {
            return (null, known);
        }

        if (await jobs.CountAsync(other => other.Status == TrainingJobStatus.Queued, cancellation) >= queueLimit)
        {
            throw new JobQueueFullException(queueLimit);
        }

        DateTime now = await DatabaseClock.ReadAsync(database, cancellation);
        Guid id = Guid.CreateVersion7(now);
        TrainingJob added = new(id, job.Settings, job.IdempotencyKey, now)
        {
            Priority = job.Priority,
            Client = job.Client,
            Turn = await JobTurn.NextAsync(database, job.Priority, job.Client, id, cancellation),
        };
        jobs.Add(added);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (added, default);
    }

    /// <summary>Returns null if the job was changed concurrently.</summary>
    private async Task<(bool Applied, TrainingJob Job)?> TryAdvanceAsync(Guid id, JobChange change)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync();
        await using IDbContextTransaction transaction = await database.Database.BeginTransactionAsync();
        TrainingJob job = await JobReader.ReadAsync(database, id, CancellationToken.None);
        if (change.Transition(job, await DatabaseClock.ReadAsync(database, CancellationToken.None)) is not TrainingJob next)
        {
            return (false, job);
        }

        NewJobEvent? added = next.IsTerminal ? NewJobEvent.ForEnd(next) : change.Event?.Invoke(next);
        if (added is not null)
        {
            next = next.WithNextSequence();
        }

        EntityEntry<TrainingJob> entry = database.Update(next);
        entry.Property(row => row.Revision).OriginalValue = job.Revision;
        entry.Property(row => row.Revision).CurrentValue = job.Revision + 1;
        try
        {
            // First, so that the row is locked: a concurrent change waits for this one, instead of adding the same event.
            await database.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }

        if (change.RequiresNoLease && !await leases.EndExpiredAsync(database, id))
        {
            return (false, job);
        }

        if (added is not null)
        {
            database.Add(new JobEvent(id, next.LastSequence, added.Type, added.Data));
        }

        if (next.Status == TrainingJobStatus.Succeeded)
        {
            await checkpoints.DeleteAsync(database, id);
        }

        await (change.InTransaction?.Invoke(database) ?? Task.CompletedTask);
        await database.SaveChangesAsync();
        await (next.IsRunning ? Task.CompletedTask : JobLeases.EndAsync(database, id));
        await (next.Attempt > job.Attempt ? JobLeases.StartAsync(database, next) : Task.CompletedTask);
        await transaction.CommitAsync();
        return (true, next);
    }
}
