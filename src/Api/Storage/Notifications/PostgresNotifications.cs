namespace RnnService.Api.Storage.Notifications;

/// <summary>Notifies other processes with PostgreSQL's NOTIFY, and receives their notifications with LISTEN.</summary>
internal sealed class PostgresNotifications : INotifications
{
    public const string Channel = "rnn_service";

    private readonly PostgresNotificationSender sender;
    private readonly PostgresListener listener;

    /// <summary>Identifies this process, which also receives its own notifications.</summary>
    private readonly string origin = Guid.NewGuid().ToString("N");

    public PostgresNotifications(PostgresNotificationSender sender, PostgresListener listener)
    {
        this.sender = sender;
        this.listener = listener;
        listener.Received += Receive;
        listener.Connected += () => Lost?.Invoke();
    }

    public event Action<Notification>? Received;

    public event Action? Lost;

    public TimeSpan PollInterval => TimeSpan.FromSeconds(1);

    public void Publish(Notification notification) => sender.Send($"{origin} {notification}");

    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(sender.RunAsync(stopping), listener.RunAsync(stopping));

    private void Receive(string payload)
    {
        if (payload.Split(' ', 2) is [string sentBy, string text] && sentBy != origin && Notification.Parse(text) is Notification notification)
        {
            Received?.Invoke(notification);
        }
    }
}
