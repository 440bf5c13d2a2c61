using Microsoft.Extensions.Options;
using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Makes a job and hands its id to the queue.</summary>
internal sealed class TrainingJobStarter(JobStore store, TrainingQueue queue, IOptions<TrainingOptions> options)
{
    /// <exception cref="JobQueueFullException">As many jobs wait as may.</exception>
    public async Task<JobLog> StartAsync(TrainingSettings settings, string? idempotencyKey, CancellationToken cancellation)
    {
        (bool added, JobLog log) = await store.AddAsync(settings, options.Value.QueueLimit, idempotencyKey, cancellation);
        if (added)
        {
            queue.Deliver(log.Job.Id);
        }

        return log;
    }
}
