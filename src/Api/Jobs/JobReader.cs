using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Hosting;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Reads jobs and their logs.</summary>
internal sealed class JobReader(IDbContextFactory<ServiceDbContext> databases)
{
    /// <exception cref="JobNotFoundException">There is no job of that id.</exception>
    public Task<JobLog> GetAsync(Guid id, CancellationToken cancellation) => GetAsync(id, [], cancellation);

    /// <summary>A job with its log, of which the beginning is known already.</summary>
    /// <exception cref="JobNotFoundException">There is no job of that id.</exception>
    public async Task<JobLog> GetAsync(Guid id, ImmutableList<JobEvent> known, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);

        // The job first: should it end in between, its log says so, and who looks again hears of it from the job too.
        TrainingJob job = await database.Set<TrainingJob>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation)
            ?? throw new JobNotFoundException(id.ToString());
        List<JobEvent> news = await Log(database, id).Where(entry => entry.Sequence > known.Count).ToListAsync(cancellation);
        return new JobLog(job, known.AddRange(news));
    }

    /// <summary>A page of jobs, newest first, each with the epochs of its log.</summary>
    public async Task<Page<JobLog>> ListAsync(TrainingJobStatus? status, Paging paging, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        DbSet<TrainingJob> jobs = database.Set<TrainingJob>();
        Page<TrainingJob> page = await paging.OfAsync(jobs, status is null ? jobs : jobs.Where(job => job.Status == status), cancellation);
        Guid[] ids = [.. page.Data.Select(job => job.Id)];
        ILookup<Guid, JobEvent> events = (await database.Set<JobEvent>().AsNoTracking().Where(entry => ids.Contains(entry.JobId) && entry.Type == JobEventBody.EpochType).OrderBy(entry => entry.Sequence).ToListAsync(cancellation))
            .ToLookup(entry => entry.JobId);
        return page.Select(job => new JobLog(job, [.. events[job.Id]]));
    }

    /// <summary>Jobs that nobody works on, first come first: they wait, or their worker has gone silent.</summary>
    public async Task<IReadOnlyList<TrainingJob>> ListFreeAsync(DateTime now, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<TrainingJob>().AsNoTracking()
            .Where(job => job.Status == TrainingJobStatus.Queued
                || ((job.Status == TrainingJobStatus.Running || job.Status == TrainingJobStatus.Cancelling) && (job.LeaseUntil == null || job.LeaseUntil <= now)))
            .OrderBy(job => job.Number)
            .ToListAsync(cancellation);
    }

    /// <summary>A job's last checkpoint; null when it has none.</summary>
    public async Task<byte[]?> FindCheckpointAsync(Guid id, CancellationToken cancellation)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellation);
        return await database.Set<JobCheckpoint>().Where(row => row.JobId == id).Select(row => row.Content).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>A job's log as a transaction sees it.</summary>
    public static async Task<JobLog> ReadAsync(ServiceDbContext database, TrainingJob job) =>
        new(job, [.. await Log(database, job.Id).ToListAsync()]);

    private static IQueryable<JobEvent> Log(ServiceDbContext database, Guid id) =>
        database.Set<JobEvent>().AsNoTracking().Where(entry => entry.JobId == id).OrderBy(entry => entry.Sequence);
}
