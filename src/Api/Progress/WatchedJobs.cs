using RnnService.Api.Jobs;

namespace RnnService.Api.Progress;

/// <summary>The jobs that have subscribers in this process.</summary>
internal sealed class WatchedJobs
{
    private readonly JobReader reader;
    private readonly TimeProvider time;
    private readonly Dictionary<Guid, WatchedJob> jobs = [];

    public WatchedJobs(JobReader reader, JobNotifier notifier, TimeProvider time)
    {
        this.reader = reader;
        this.time = time;
        notifier.Changed += Notify;
        notifier.Progressed += Notify;
        notifier.AnyChanged += NotifyAll;
    }

    /// <summary>Subscribes to a job until <see cref="Unsubscribe"/> is called.</summary>
    public WatchedJob Subscribe(Guid id)
    {
        lock (jobs)
        {
            if (!jobs.TryGetValue(id, out WatchedJob? job))
            {
                jobs[id] = job = new WatchedJob(id, reader, time);
            }

            job.Subscribers++;
            return job;
        }
    }

    public void Unsubscribe(Guid id)
    {
        lock (jobs)
        {
            if (--jobs[id].Subscribers == 0)
            {
                jobs.Remove(id);
            }
        }
    }

    private void Notify(Guid id)
    {
        WatchedJob? job;
        lock (jobs)
        {
            job = jobs.GetValueOrDefault(id);
        }

        job?.Notify();
    }

    private void NotifyAll()
    {
        WatchedJob[] all;
        lock (jobs)
        {
            all = [.. jobs.Values];
        }

        foreach (WatchedJob job in all)
        {
            job.Notify();
        }
    }
}
