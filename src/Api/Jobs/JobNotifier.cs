namespace RnnService.Api.Jobs;

/// <summary>
/// Notifies subscribers that a job has changed. Notifications carry no data: subscribers read the log, so that late or redundant notifications
/// are harmless.
/// </summary>
internal sealed class JobNotifier
{
    public event Action<Guid>? Changed;

    public void Notify(Guid jobId) => Changed?.Invoke(jobId);
}
