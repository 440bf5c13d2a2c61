using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using RnnService.Api.Jobs;

namespace RnnService.Api.Training;

/// <summary>
/// Delivers to workers that there is a job to train, at least once for each. The jobs themselves are in the database, which also decides which is next
/// (<see cref="JobSelection"/>).
/// </summary>
internal sealed class TrainingQueue(IBackgroundJobClient client, JobStorage storage)
{
    public void Enqueue(Guid jobId) => client.Enqueue<TrainingJobRunner>(runner => runner.Run(jobId, CancellationToken.None));

    /// <summary>
    /// Enqueues again what was lost. Afterwards there is a delivery for each interrupted job, and at least as many others as queued jobs: whichever ids they have, a worker that
    /// receives one claims the next queued job. It adds none if there are enough, so that several processes that do this at the same time add at most one each per job.
    /// </summary>
    /// <param name="free">The jobs without a worker.</param>
    /// <returns>The jobs that were enqueued.</returns>
    public IEnumerable<TrainingJob> EnqueueMissing(IReadOnlyList<TrainingJob> free)
    {
        TrainingJob[] queued = [.. free.Where(job => !job.IsRunning)];
        IMonitoringApi monitor = storage.GetMonitoringApi();
        long waiting = monitor.EnqueuedCount(EnqueuedState.DefaultQueue);
        if (queued.Length == free.Count && waiting >= queued.Length)
        {
            yield break;
        }

        HashSet<Guid> enqueued = [.. monitor.EnqueuedJobs(EnqueuedState.DefaultQueue, 0, int.MaxValue).Select(entry => entry.Value.Job?.Args[0]).OfType<Guid>()];
        long missing = queued.Length - (waiting - free.Count(job => job.IsRunning && enqueued.Contains(job.Id)));
        foreach (TrainingJob job in free.Where(job => !enqueued.Contains(job.Id)))
        {
            if (job.IsRunning || missing-- > 0)
            {
                Enqueue(job.Id);
                yield return job;
            }
        }
    }
}
