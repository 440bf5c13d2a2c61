using RnnService.Api.Jobs;
using RnnService.Api.Storage;
using RnnService.Model.Data;

namespace RnnService.Api.Training;

/// <summary>
/// Enqueues jobs that the queue has lost: queued jobs without an entry in it, and jobs whose lease has expired, when their dataset is available. The first sweep runs before the
/// service accepts requests, so that the oldest jobs come first.
/// </summary>
internal sealed partial class InterruptedJobSweeper(
    JobStore store,
    JobReader jobs,
    TrainingQueue queue,
    DatasetCatalog datasets,
    TimeProvider time,
    ILogger<InterruptedJobSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private DateTime leasesCountFrom;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Only this process uses the data directory, so no worker is running.
            await store.ReleaseAllAsync(cancellationToken);
            await SweepAsync(cancellationToken);
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            // The service can still serve, and the leases expire.
            LogSweepFailed(e);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The cause, such as a full disk, can be temporary, and no job is lost.
                LogSweepFailed(e);

                // Nobody could renew a lease during the outage: workers get the time of one lease to do so.
                leasesCountFrom = time.GetUtcNow().UtcDateTime + TrainingJob.LeaseDuration;
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        IReadOnlyList<TrainingJob> free = [.. (await jobs.ListFreeAsync(now, cancellation))
            .Where(job => (job.Status == TrainingJobStatus.Queued || now >= leasesCountFrom) && datasets.Find(job.Settings.Dataset) is not null)];
        if (free.Count == 0)
        {
            return;
        }

        foreach (TrainingJob job in queue.EnqueueMissing(free))
        {
            LogEnqueued(job.Id, job.Status, job.Attempt);
        }
    }

    [LoggerMessage(LogLevel.Information, "Training job {JobId} with status {Status} was enqueued again after {Attempt} attempts")]
    private partial void LogEnqueued(Guid jobId, TrainingJobStatus status, int attempt);

    [LoggerMessage(LogLevel.Error, "Failed to enqueue interrupted jobs; retrying in a few seconds")]
    private partial void LogSweepFailed(Exception exception);
}
