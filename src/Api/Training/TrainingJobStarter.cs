using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RnnService.Api.Jobs;
using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Adds jobs and resumes them, and enqueues both.</summary>
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

    /// <summary>Returns a failed or cancelled job to the queue. It continues after its last completed epoch.</summary>
    /// <exception cref="JobNotFoundException">No job has this id.</exception>
    /// <exception cref="JobNotResumableException">The job is not failed or cancelled, or its checkpoint has expired.</exception>
    /// <exception cref="JobQueueFullException">The limit of queued jobs is reached.</exception>
    public async Task<TrainingJob> ResumeAsync(Guid id)
    {
        TrainingJob? resumed = null;
        (bool applied, TrainingJob job) = await store.AdvanceAsync(id, new JobChange((job, _) => resumed = job.Resume())
        {
            Event = NewJobEvent.ForResume,
            InTransaction = database => ThrowUnlessResumableAsync(database, resumed!),
        });
        if (!applied)
        {
            throw JobNotResumableException.ForStatus(job);
        }

        queue.Enqueue(id);
        return job;
    }

    private async Task ThrowUnlessResumableAsync(ServiceDbContext database, TrainingJob job)
    {
        if (await database.Set<TrainingJob>().CountAsync(other => other.Status == TrainingJobStatus.Queued && other.Id != job.Id) >= options.Value.QueueLimit)
        {
            throw new JobQueueFullException(options.Value.QueueLimit);
        }

        if (job.LastEpoch > 0 && !await database.Set<JobCheckpoint>().AnyAsync(checkpoint => checkpoint.JobId == job.Id))
        {
            throw JobNotResumableException.ForExpiredCheckpoint(job);
        }
    }
}
