using RnnService.Api.Jobs;

namespace RnnService.Api.Progress;

/// <summary>The jobs that somebody watches now.</summary>
internal sealed class WatchedJobs
{
    private readonly JobReader reader;
    private readonly Dictionary<Guid, WatchedJob> jobs = [];

    public WatchedJobs(JobReader reader, JobBell bell)
    {
        this.reader = reader;
        bell.Rung += Ring;
    }

    /// <summary>Joins those who watch a job. Leave them in the end.</summary>
    public WatchedJob Join(Guid id)
    {
        lock (jobs)
        {
            if (!jobs.TryGetValue(id, out WatchedJob? job))
            {
                jobs[id] = job = new WatchedJob(id, reader);
            }

            job.Watchers++;
            return job;
        }
    }

    public void Leave(Guid id)
    {
        lock (jobs)
        {
            if (--jobs[id].Watchers == 0)
            {
                jobs.Remove(id);
            }
        }
    }

    private void Ring(Guid id)
    {
        WatchedJob? job;
        lock (jobs)
        {
            job = jobs.GetValueOrDefault(id);
        }

        job?.Ring();
    }
}
