using RnnService.Api.Jobs;
using RnnService.Api.Storage;
using RnnService.Model.Data;

namespace RnnService.Api.Training;

/// <summary>
/// Enqueues jobs that the queue has lost: queued jobs without an entry in it, and jobs whose lease has expired, when their dataset is available. Ends jobs that are being cancelled
/// and whose lease has expired. The first sweep runs before the service accepts requests, so that the oldest jobs come first.
/// </summary>
internal sealed partial class InterruptedJobSweeper(
    JobStore store,
    JobReader jobs,
    JobLeases leases,
    TrainingQueue queue,
    DatasetCatalog datasets,
    DatabaseAvailability availability,
    ILeaseRules leaseRules,
    TimeProvider time,
    ILogger<InterruptedJobSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await leaseRules.EndAtStartAsync(cancellationToken);
            await SweepAsync(cancellationToken);
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            // The service can still serve, and the leases expire.
            availability.ReportFault();
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
                availability.ReportFault();
                LogSweepFailed(e);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        IReadOnlyList<TrainingJob> all = await jobs.ListFreeAsync(leases.CanExpire, cancellation);
        foreach (TrainingJob job in all.Where(job => job.Status == TrainingJobStatus.Cancelling))
        {
            await CancelAsync(job.Id);
        }

        IReadOnlyList<TrainingJob> free = [.. all.Where(job => job.Status != TrainingJobStatus.Cancelling && datasets.Find(job.Settings.Dataset) is not null)];
        if (free.Count == 0)
        {
            return;
        }

        foreach (TrainingJob job in queue.EnqueueMissing(free))
        {
            LogEnqueued(job.Id, job.Status, job.Attempt);
        }
    }

    /// <summary>Ends a job that is being cancelled and has no worker. Neither a worker nor the dataset is needed.</summary>
    private async Task CancelAsync(Guid id)
    {
        (bool applied, _) = await store.AdvanceAsync(id, new JobChange((job, now) => job.CancelWithoutWorker(now)) { RequiresNoLease = true });
        if (applied)
        {
            LogCancelled(id);
        }
    }

    [LoggerMessage(LogLevel.Information, "Training job {JobId} was cancelled; its worker is gone")]
    private partial void LogCancelled(Guid jobId);

    [LoggerMessage(LogLevel.Information, "Training job {JobId} with status {Status} was enqueued again after {Attempt} attempts")]
    private partial void LogEnqueued(Guid jobId, TrainingJobStatus status, int attempt);

    [LoggerMessage(LogLevel.Error, "Failed to enqueue interrupted jobs; retrying in a few seconds")]
    private partial void LogSweepFailed(Exception exception);
}
