using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Http;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Reads jobs and their logs.</summary>
internal sealed class JobReader(IDbContextFactory<ServiceDbContext> databases)
{
    /// <exception cref="JobNotFoundException">No job has this id.</exception>
    public Task<JobSnapshot> GetAsync(Guid id, CancellationToken cancellation) => GetAsync(id, [], cancellation);

    /// <summary>Reads a job and the part of its log that is not known yet.</summary>
    /// <exception cref="JobNotFoundException">No job has this id.</exception>
    public async Task<JobSnapshot> GetAsync(Guid id, ImmutableList<JobEvent> known, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);

        // Read the job first: if it ends between the two reads, the log contains the terminal event, and the next read returns the final status.
        TrainingJob job = await ReadAsync(database, id, cancellation);
        List<JobEvent> added = await database.Set<JobEvent>().AsNoTracking()
            .Where(entry => entry.JobId == id && entry.Sequence > known.Count)
            .OrderBy(entry => entry.Sequence)
            .ToListAsync(cancellation);
        return new JobSnapshot(job, known.AddRange(added));
    }

    /// <summary>Reads a page of jobs, newest first.</summary>
    public async Task<Page<TrainingJob>> ListAsync(TrainingJobStatus? status, Paging paging, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<TrainingJob> jobs = database.Set<TrainingJob>();
        Page<TrainingJob> page = await paging.OfAsync(jobs, status is null ? jobs : jobs.Where(job => job.Status == status), cancellation);
        Guid[] running = [.. page.Data.Where(job => job.IsRunning).Select(job => job.Id)];
        Dictionary<Guid, LeaseTerm> leases = running.Length == 0
            ? []
            : await database.Set<LeaseTerm>().AsNoTracking().Where(lease => running.Contains(lease.JobId)).ToDictionaryAsync(lease => lease.JobId, cancellation);
        return page.Select(job => job.At(leases.GetValueOrDefault(job.Id)));
    }

    /// <summary>Reads the jobs that have not finished.</summary>
    public async Task<IReadOnlyList<TrainingJob>> ListUnfinishedAsync(CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<TrainingJob>().AsNoTracking().Where(job => !TrainingJob.TerminalStatuses.Contains(job.Status)).ToListAsync(cancellation);
    }

    /// <summary>Reads the jobs without a worker, oldest first: those that are queued or have no lease.</summary>
    /// <param name="withExpiredLease">Whether a lease that has expired counts as none.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public async Task<IReadOnlyList<TrainingJob>> ListFreeAsync(bool withExpiredLease, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<LeaseTerm> leases = database.Set<LeaseTerm>();
        return await database.Set<TrainingJob>().AsNoTracking()
            .Where(job => job.Status == TrainingJobStatus.Queued
                || ((job.Status == TrainingJobStatus.Running || job.Status == TrainingJobStatus.Cancelling)
                    && !leases.Any(lease => lease.JobId == job.Id && !(withExpiredLease && lease.Until <= DatabaseClock.Now()))))
            .OrderBy(job => job.Number)
            .ToListAsync(cancellation);
    }

    /// <summary>Reads a job with its progress.</summary>
    /// <exception cref="JobNotFoundException">No job has this id.</exception>
    public static async Task<TrainingJob> ReadAsync(ServiceDbContext database, Guid id, CancellationToken cancellation)
    {
        TrainingJob job = await database.Set<TrainingJob>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) ?? throw new JobNotFoundException(id.ToString());
        return job.IsRunning ? job.At(await database.Set<LeaseTerm>().AsNoTracking().SingleOrDefaultAsync(lease => lease.JobId == id, cancellation)) : job;
    }

    /// <summary>Reads a part of the queue, in the order in which jobs start.</summary>
    public async Task<IReadOnlyList<TrainingJob>> ListQueuedAsync(int skip, int limit, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<TrainingJob>().AsNoTracking()
            .Where(job => job.Status == TrainingJobStatus.Queued)
            .OrderBy(job => job.Priority == JobPriority.Low)
            .ThenBy(job => job.Turn)
            .ThenBy(job => job.Number)
            .Skip(skip)
            .Take(limit)
            .ToListAsync(cancellation);
    }

    /// <summary>Finds a job; null if it was deleted.</summary>
    public async Task<TrainingJob?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<TrainingJob>().AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, cancellation);
    }

    /// <summary>Reads the clock of the database: the times of jobs and models are those of this clock.</summary>
    public async Task<DateTime> ReadTimeAsync(CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await DatabaseClock.ReadAsync(database, cancellation);
    }
}
