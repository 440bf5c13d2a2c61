namespace RnnService.Api.Storage.Notifications;

/// <summary>Sends and receives notifications while the service runs.</summary>
internal sealed class NotificationService(INotifications notifications) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => notifications.RunAsync(stoppingToken);
}
