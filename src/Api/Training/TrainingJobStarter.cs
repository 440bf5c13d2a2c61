using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RnnService.Api.Jobs;
using RnnService.Api.Storage;

namespace RnnService.Api.Training;

/// <summary>Adds jobs and resumes them, and enqueues both.</summary>
internal sealed partial class TrainingJobStarter(JobStore store, JobCheckpoints checkpoints, TrainingQueue queue, IOptions<TrainingOptions> options, ILogger<TrainingJobStarter> logger)
{
    /// <exception cref="JobQueueFullException">The limit of queued jobs is reached.</exception>
    public async Task<JobSnapshot> StartAsync(NewJob job, CancellationToken cancellation)
    {
        (bool added, JobSnapshot snapshot) = await store.AddAsync(job, options.Value.QueueLimit, cancellation);
        if (added)
        {
            Enqueue(snapshot.Job.Id);
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
            InTransaction = async database =>
            {
                await ThrowUnlessResumableAsync(database, resumed!);
                await MoveToEndAsync(database, resumed!);
            },
        });
        if (!applied)
        {
            throw JobNotResumableException.ForStatus(job);
        }

        Enqueue(id);
        return job;
    }

    /// <summary>The job is stored, so that a failure of the queue is not one of the request: the sweeper enqueues the job within seconds.</summary>
    private void Enqueue(Guid id)
    {
        try
        {
            queue.Enqueue(id);
        }
        catch (Exception e)
        {
            LogNotEnqueued(e, id);
        }
    }

    private static async Task MoveToEndAsync(ServiceDbContext database, TrainingJob job)
    {
        int turn = await JobTurn.NextAsync(database, job.Priority, job.Client, job.Id, CancellationToken.None);
        await database.Set<TrainingJob>().Where(row => row.Id == job.Id).ExecuteUpdateAsync(row => row.SetProperty(old => old.Turn, turn));
    }

    private async Task ThrowUnlessResumableAsync(ServiceDbContext database, TrainingJob job)
    {
        if (await database.Set<TrainingJob>().CountAsync(other => other.Status == TrainingJobStatus.Queued && other.Id != job.Id) >= options.Value.QueueLimit)
        {
            throw new JobQueueFullException(options.Value.QueueLimit);
        }

        if (job.LastEpoch > 0 && !await checkpoints.ExistsAsync(database, job.Id))
        {
            throw JobNotResumableException.ForExpiredCheckpoint(job);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Training job {JobId} is stored, but could not be enqueued; the sweeper will enqueue it")]
    private partial void LogNotEnqueued(Exception exception, Guid jobId);
}
