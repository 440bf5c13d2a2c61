namespace RnnService.Api.Storage.Notifications;

/// <summary>No other process uses the embedded database.</summary>
internal sealed class SingleProcessNotifications : INotifications
{
    public event Action<Notification> Received
    {
        add { }
        remove { }
    }

    public event Action Lost
    {
        add { }
        remove { }
    }

    public TimeSpan PollInterval => TimeSpan.MaxValue;

    public void Publish(Notification notification)
    {
    }

    public Task RunAsync(CancellationToken stopping) => Task.CompletedTask;
}
