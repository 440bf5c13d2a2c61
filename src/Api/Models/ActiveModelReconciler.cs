namespace RnnService.Api.Models;

/// <summary>
/// Activates a model before the service accepts requests, and later what the database specifies: when another process has changed it, and periodically, after a failed
/// activation, a lost notification, or the repair of a damaged model. No failure stops the service.
/// </summary>
internal sealed partial class ActiveModelReconciler(ActiveModel active, ModelNotifier notifier, TimeProvider time, ILogger<ActiveModelReconciler> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private volatile TaskCompletionSource change = NewChange();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        notifier.Changed += () => change.TrySetResult();
        await ReconcileAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        Task<bool> tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        while (true)
        {
            await Task.WhenAny(tick, change.Task);
            stoppingToken.ThrowIfCancellationRequested();
            if (tick.IsCompleted)
            {
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }

            // Before the database is read, so that no change is missed.
            change = NewChange();
            await ReconcileAsync(stoppingToken);
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReconcileAsync(CancellationToken cancellation)
    {
        try
        {
            await active.RefreshAsync(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(LogLevel.Error, "The active model could not be determined; the next attempt follows in 10 s")]
    private partial void LogFailed(Exception exception);
}
