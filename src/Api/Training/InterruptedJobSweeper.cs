using RnnService.Api.Jobs;

namespace RnnService.Api.Training;

/// <summary>
/// Enqueues jobs that are missing from the queue: queued jobs without an entry, and jobs whose lease has expired. The first sweep runs before the service
/// accepts requests, so that older jobs precede new ones.
/// </summary>
internal sealed partial class InterruptedJobSweeper(
    JobStore store,
    JobReader jobs,
    TrainingQueue queue,
    TimeProvider time,
    ILogger<InterruptedJobSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Only this process uses the data directory, so no worker is running.
        await store.ReleaseAllAsync(cancellationToken);
        await SweepAsync(cancellationToken);
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
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        IReadOnlyList<TrainingJob> free = await jobs.ListFreeAsync(time.GetUtcNow().UtcDateTime, cancellation);
        if (free.Count == 0)
        {
            return;
        }

        IReadOnlySet<Guid> enqueued = queue.ListEnqueued();
        foreach (TrainingJob job in free.Where(job => !enqueued.Contains(job.Id)))
        {
            queue.Enqueue(job.Id);
            LogEnqueued(job.Id, job.Status, job.Attempt);
        }
    }

    [LoggerMessage(LogLevel.Information, "Training job {JobId} with status {Status} was enqueued again after {Attempt} attempts")]
    private partial void LogEnqueued(Guid jobId, TrainingJobStatus status, int attempt);

    [LoggerMessage(LogLevel.Error, "Failed to enqueue interrupted jobs; retrying in a few seconds")]
    private partial void LogSweepFailed(Exception exception);
}
