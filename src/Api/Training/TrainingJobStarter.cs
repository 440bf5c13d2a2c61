using Microsoft.Extensions.Options;
using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Adds jobs and enqueues them.</summary>
internal sealed class TrainingJobStarter(JobStore store, TrainingQueue queue, IOptions<TrainingOptions> options)
{
    /// <exception cref="JobQueueFullException">The limit of queued jobs is reached.</exception>
    public async Task<JobSnapshot> StartAsync(TrainingSettings settings, string? idempotencyKey, CancellationToken cancellation)
    {
        (bool added, JobSnapshot snapshot) = await store.AddAsync(settings, options.Value.QueueLimit, idempotencyKey, cancellation);
        if (added)
        {
            queue.Enqueue(snapshot.Job.Id);
        }

        return snapshot;
    }
}
