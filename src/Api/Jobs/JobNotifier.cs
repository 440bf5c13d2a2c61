using RnnService.Api.Storage.Notifications;

namespace RnnService.Api.Jobs;

/// <summary>
/// Notifies subscribers, in this process and in others, that a job has changed. Notifications carry no data: subscribers read the log, so that late, lost or redundant
/// notifications are harmless.
/// </summary>
internal sealed class JobNotifier
{
    private const string Topic = "job";

    private readonly INotifications notifications;

    public JobNotifier(INotifications notifications)
    {
        this.notifications = notifications;
        notifications.Received += Receive;
        notifications.Lost += () => AnyChanged?.Invoke();
    }

    /// <summary>Raised when a job has a new event or status.</summary>
    public event Action<Guid>? Changed;

    /// <summary>Raised when a job in this process has progressed within an epoch.</summary>
    public event Action<Guid>? Progressed;

    /// <summary>Raised when notifications of other processes may have been lost: any job could have changed.</summary>
    public event Action? AnyChanged;

    /// <summary>How often to read the progress of a job that may run in another process.</summary>
    public TimeSpan PollInterval => notifications.PollInterval;

    /// <summary>Notifies all processes of a new event or status. Call it after the commit.</summary>
    public void Notify(Guid jobId)
    {
        Changed?.Invoke(jobId);
        notifications.Publish(new Notification(Topic, jobId));
    }

    /// <summary>Notifies only this process, because progress is frequent; others poll it.</summary>
    public void NotifyProgress(Guid jobId) => Progressed?.Invoke(jobId);

    private void Receive(Notification notification)
    {
        if (notification.Topic == Topic)
        {
            Changed?.Invoke(notification.Id);
        }
    }
}
