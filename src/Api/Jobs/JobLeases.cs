using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// The leases of workers. They alone decide whether a job has a worker. The clock of the database is read in the statement that changes a lease, so that the clocks of the workers do not matter.
/// </summary>
internal sealed class JobLeases(IDbContextFactory<ServiceDbContext> databases, DatabaseAvailability availability, JobNotifier notifier)
{
    // A renewal that takes longer is repeated on another connection.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Whether a lease whose time is over may be ended. During an outage of the database nobody could renew a lease: afterwards, workers get the time of one lease to do so.</summary>
    public bool CanExpire => availability.RespondingFor >= LeaseTerm.Duration;

    /// <summary>Ends the lease of a job if it has expired, in the caller's transaction. A concurrent renewal takes effect either before it or not at all.</summary>
    /// <returns>Whether the job has no lease.</returns>
    public async Task<bool> EndExpiredAsync(ServiceDbContext database, Guid jobId)
    {
        DbSet<LeaseTerm> leases = database.Set<LeaseTerm>();
        if (CanExpire)
        {
            await leases.Where(lease => lease.JobId == jobId && lease.Until <= DatabaseClock.Now()).ExecuteDeleteAsync();
        }

        return !await leases.AnyAsync(lease => lease.JobId == jobId);
    }

    /// <summary>Gives a lease to the worker that claimed a job, in the caller's transaction.</summary>
    public static async Task StartAsync(ServiceDbContext database, TrainingJob claimed)
    {
        // The time of the database can be set only by an update.
        database.Add(new LeaseTerm(claimed.Id, claimed.Attempt, DateTime.UnixEpoch));
        await database.SaveChangesAsync();
        await Of(database, claimed).ExecuteUpdateAsync(lease => SetRenewed(lease, null));
    }

    /// <summary>Renews a lease and stores the progress in the caller's transaction.</summary>
    public static Task RenewAsync(ServiceDbContext database, TrainingJob claimed, TrainingProgress progress) =>
        Of(database, claimed).ExecuteUpdateAsync(lease => SetRenewed(lease, progress));

    /// <summary>Ends the lease of a job that has no worker anymore, in the caller's transaction.</summary>
    public static Task EndAsync(ServiceDbContext database, Guid jobId) => database.Set<LeaseTerm>().Where(lease => lease.JobId == jobId).ExecuteDeleteAsync();

    /// <summary>
    /// Renews a lease, also one that has expired and that no other worker has claimed, and stores the progress: one small update, followed by a read of the job's status. It does not use the thread pool,
    /// whose threads can all be busy.
    /// </summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public TrainingJobStatus Renew(TrainingJob claimed, TrainingProgress? progress)
    {
        using ServiceDbContext database = databases.CreateDbContext();
        database.Database.SetCommandTimeout(Timeout);
        int renewed = Of(database, claimed).ExecuteUpdate(lease => SetRenewed(lease, progress));
        IQueryable<TrainingJob> job = database.Set<TrainingJob>().AsNoTracking().Where(row => row.Id == claimed.Id);
        if (renewed == 0)
        {
            throw new LeaseLostException(job.SingleOrDefault() ?? throw new JobNotFoundException(claimed.Id.ToString()));
        }

        notifier.NotifyProgress(claimed.Id);
        return job.Select(row => row.Status).Single();
    }

    private static void SetRenewed(UpdateSettersBuilder<LeaseTerm> lease, TrainingProgress? progress)
    {
        lease.SetProperty(row => row.Until, _ => DatabaseClock.Now().AddSeconds(LeaseTerm.Seconds));
        if (progress is not null)
        {
            lease
                .SetProperty(row => row.Epoch, progress.Epoch)
                .SetProperty(row => row.Epochs, progress.Epochs)
                .SetProperty(row => row.Batch, progress.Batch)
                .SetProperty(row => row.Batches, progress.Batches)
                .SetProperty(row => row.ImagesPerSecond, progress.ImagesPerSecond);
        }
    }

    private static IQueryable<LeaseTerm> Of(ServiceDbContext database, TrainingJob claimed) =>
        database.Set<LeaseTerm>().Where(lease => lease.JobId == claimed.Id && lease.Attempt == claimed.Attempt);
}
