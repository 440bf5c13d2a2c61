namespace RnnService.Api.Models;

/// <summary>
/// Activates a model before the service accepts requests, and then periodically what the database specifies: after a failed activation, or when a damaged model was
/// repaired. No failure stops the service.
/// </summary>
internal sealed partial class ActiveModelReconciler(ActiveModel active, TimeProvider time, ILogger<ActiveModelReconciler> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReconcileAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ReconcileAsync(stoppingToken);
        }
    }

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
