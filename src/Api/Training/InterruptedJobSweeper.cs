using RnnService.Api.Jobs;

namespace RnnService.Api.Training;

/// <summary>
/// Delivers again what the queue has forgotten: jobs that wait without a delivery, and jobs whose worker has gone silent. The first time is
/// before the service listens, so that what waited longest comes first.
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
        // The data folder is this process's alone: whoever worked on a job before is gone.
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
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Whatever it was, such as a full disk, may be over next time; nothing is lost until then.
                LogNotSwept(fault);
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

        IReadOnlySet<Guid> inDelivery = queue.InDelivery();
        foreach (TrainingJob job in free.Where(job => !inDelivery.Contains(job.Id)))
        {
            queue.Deliver(job.Id);
            LogDelivered(job.Id, job.Status, job.Attempt);
        }
    }

    [LoggerMessage(LogLevel.Information, "Training {JobId}, {Status} after {Attempt} attempts, is delivered again")]
    private partial void LogDelivered(Guid jobId, TrainingJobStatus status, int attempt);

    [LoggerMessage(LogLevel.Error, "Interrupted trainings could not be looked for; the next try is in seconds")]
    private partial void LogNotSwept(Exception fault);
}
