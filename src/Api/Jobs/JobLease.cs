using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;
using RnnService.Model.Checkpoints;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// A worker's lease on a job. The worker writes through it only, and each write checks that the lease is still valid: a worker whose lease was lost,
/// because it was not renewed in time and another worker claimed the job, cannot write anymore. Writes are repeated until the database responds. The
/// attempt number makes that safe, also after an outage that was longer than the lease.
/// </summary>
internal sealed class JobLease
{
    private readonly JobStore store;
    private readonly DatabaseRetry retry;
    private readonly CancellationToken stopping;
    private readonly int attempt;

    private JobLease(JobStore store, DatabaseRetry retry, TrainingJob job, CancellationToken stopping)
    {
        this.store = store;
        this.retry = retry;
        this.stopping = stopping;
        Job = job;
        attempt = job.Attempt;
    }

    /// <summary>The job at the time of the claim.</summary>
    public TrainingJob Job { get; }

    /// <summary>Claims a job. Returns no lease if the job cannot be claimed, and the job in either case.</summary>
    /// <param name="store">The job store.</param>
    /// <param name="retry">Repeats the worker's writes.</param>
    /// <param name="id">The job's id.</param>
    /// <param name="stopping">Ends the repetition, because the service stops.</param>
    public static async Task<(JobLease? Lease, TrainingJob Job)> ClaimAsync(JobStore store, DatabaseRetry retry, Guid id, CancellationToken stopping)
    {
        (bool applied, TrainingJob job) = await store.AdvanceAsync(id, new JobChange((job, now) => job.Claim(now)));
        return (applied && job.IsRunning ? new JobLease(store, retry, job, stopping) : null, job);
    }

    /// <summary>Extends the lease and stores the progress. Returns the job, which may have been cancelled.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public async Task<TrainingJob> RenewAsync(TrainingProgress progress, CancellationToken cancellation) =>
        (await AdvanceAsync(new JobChange((job, now) => job.Renew(progress, now)) { IsProgress = true }, _ => false, cancellation)).Job;

    /// <summary>Stores an epoch and the checkpoint to resume from.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task AddEpochAsync(EpochResult result, TrainingProgress progress, Checkpoint checkpoint)
    {
        byte[] content = CheckpointCodec.Encode(checkpoint);
        JobChange change = new((job, now) => job.CompleteEpoch(result, progress, now))
        {
            Event = _ => NewJobEvent.ForEpoch(result),
            InTransaction = async database =>
            {
                DbSet<JobCheckpoint> checkpoints = database.Set<JobCheckpoint>();
                int replaced = await checkpoints.Where(row => row.JobId == Job.Id).ExecuteUpdateAsync(row => row.SetProperty(old => old.Content, content));
                if (replaced == 0)
                {
                    checkpoints.Add(new JobCheckpoint(Job.Id, content));
                }
            },
        };
        return AdvanceAsync(change, job => IsValid(job) && job.LastEpoch >= result.Epoch, stopping);
    }

    /// <summary>Stores the trained model and the end of the job.</summary>
    /// <param name="testAccuracy">The accuracy on the test images.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="addModel">Stores the model in the same transaction.</param>
    /// <param name="activate">Activates the model, before subscribers are notified of the end.</param>
    /// <returns>False if the job is being cancelled.</returns>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public async Task<bool> SucceedAsync(double testAccuracy, Guid modelId, Func<ServiceDbContext, Task> addModel, Func<Task> activate)
    {
        JobChange change = new((job, now) => job.Succeed(testAccuracy, modelId, now)) { InTransaction = addModel, AfterCommit = activate };
        return (await AdvanceAsync(change, job => job.ModelId == modelId, stopping)).Applied;
    }

    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task FailAsync(JobError error) => AdvanceAsync(new JobChange((job, now) => job.Fail(error, now)), EndedAs(TrainingJobStatus.Failed), stopping);

    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task CancelAsync(CancellationToken cancellation) => AdvanceAsync(new JobChange((job, now) => job.Cancel(now)), EndedAs(TrainingJobStatus.Cancelled), cancellation);

    /// <summary>Returns the job to the queue for another worker.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task ReleaseAsync(CancellationToken cancellation) => AdvanceAsync(new JobChange((job, now) => job.Release(now)), EndedAs(TrainingJobStatus.Queued), cancellation);

    /// <param name="change">The change.</param>
    /// <param name="isDone">Whether an earlier repetition made the change, although its outcome was unknown.</param>
    /// <param name="cancellation">Ends the repetition.</param>
    private async Task<(bool Applied, TrainingJob Job)> AdvanceAsync(JobChange change, Func<TrainingJob, bool> isDone, CancellationToken cancellation)
    {
        (bool applied, TrainingJob job) = await retry.RunAsync(
            () => store.AdvanceAsync(Job.Id, change with { Transition = (job, now) => IsValid(job) ? change.Transition(job, now) : null, IsDone = isDone }),
            cancellation);
        return applied || IsValid(job) ? (applied, job) : throw new LeaseLostException(job);
    }

    private Func<TrainingJob, bool> EndedAs(TrainingJobStatus status) => job => job.Attempt == attempt && job.Status == status;

    private bool IsValid(TrainingJob job) => job.IsRunning && job.Attempt == attempt;
}
