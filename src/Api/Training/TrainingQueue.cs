using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace RnnService.Api.Training;

/// <summary>Delivers jobs' ids to a worker, at least once and first come first; it is not where jobs are kept.</summary>
internal sealed class TrainingQueue(IBackgroundJobClient client, JobStorage storage)
{
    public void Deliver(Guid jobId) => client.Enqueue<TrainingJobRunner>(runner => runner.Run(jobId, CancellationToken.None));

    /// <summary>The ids that wait for a worker, or that one has.</summary>
    public IReadOnlySet<Guid> InDelivery()
    {
        IMonitoringApi queue = storage.GetMonitoringApi();
        JobList<EnqueuedJobDto> waiting = queue.EnqueuedJobs(EnqueuedState.DefaultQueue, 0, int.MaxValue);
        JobList<ProcessingJobDto> taken = queue.ProcessingJobs(0, int.MaxValue);
        return waiting.Select(job => job.Value.Job).Concat(taken.Select(job => job.Value.Job))
            .Select(job => job?.Args[0])
            .OfType<Guid>()
            .ToHashSet();
    }
}
