using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace RnnService.Api.Training;

/// <summary>Delivers the ids of jobs to a worker, at least once and in order. The jobs themselves are in the database.</summary>
internal sealed class TrainingQueue(IBackgroundJobClient client, JobStorage storage)
{
    public void Enqueue(Guid jobId) => client.Enqueue<TrainingJobRunner>(runner => runner.Run(jobId, CancellationToken.None));

    /// <summary>Lists the ids that are enqueued or being processed.</summary>
    public IReadOnlySet<Guid> ListEnqueued()
    {
        IMonitoringApi queue = storage.GetMonitoringApi();
        JobList<EnqueuedJobDto> waiting = queue.EnqueuedJobs(EnqueuedState.DefaultQueue, 0, int.MaxValue);
        JobList<ProcessingJobDto> processing = queue.ProcessingJobs(0, int.MaxValue);
        return waiting.Select(job => job.Value.Job).Concat(processing.Select(job => job.Value.Job))
            .Select(job => job?.Args[0])
            .OfType<Guid>()
            .ToHashSet();
    }
}
