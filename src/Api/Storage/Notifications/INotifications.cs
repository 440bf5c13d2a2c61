namespace RnnService.Api.Storage.Notifications;

/// <summary>Notifications between the processes that share a database. Any of them can be lost.</summary>
internal interface INotifications
{
    /// <summary>Raised for each notification of another process.</summary>
    event Action<Notification> Received;

    /// <summary>Raised when notifications may have been lost: everything could have changed.</summary>
    event Action Lost;

    /// <summary>How often to read what other processes write without a notification, such as the progress within an epoch.</summary>
    TimeSpan PollInterval { get; }

    /// <summary>Notifies the other processes. Call it after the commit. It returns immediately and does not fail.</summary>
    void Publish(Notification notification);

    /// <summary>Sends and receives until the service stops.</summary>
    Task RunAsync(CancellationToken stopping);
}
