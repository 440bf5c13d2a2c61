using RnnService.Api.Storage.Notifications;

namespace RnnService.Api.Models;

/// <summary>Notifies other processes that the models or the pin have changed, so that they activate what the database specifies.</summary>
internal sealed class ModelNotifier
{
    private const string Topic = "models";

    private readonly INotifications notifications;

    public ModelNotifier(INotifications notifications)
    {
        this.notifications = notifications;
        notifications.Received += Receive;
        notifications.Lost += () => Changed?.Invoke();
    }

    /// <summary>Raised when another process has changed something, or could have.</summary>
    public event Action? Changed;

    /// <summary>Notifies the other processes. Call it after the commit.</summary>
    public void Notify() => notifications.Publish(new Notification(Topic, Guid.Empty));

    private void Receive(Notification notification)
    {
        if (notification.Topic == Topic)
        {
            Changed?.Invoke();
        }
    }
}
