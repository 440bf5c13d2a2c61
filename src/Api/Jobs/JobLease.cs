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
    private readonly JobLeases leases;
    private readonly JobCheckpoints checkpoints;
    private readonly DatabaseRetry retry;
    private readonly CancellationToken stopping;
    private readonly int attempt;

    /// <param name="store">The job store.</param>
    /// <param name="leases">Renews the lease.</param>
    /// <param name="checkpoints">Stores the checkpoint.</param>
    /// <param name="retry">Repeats the worker's writes.</param>
    /// <param name="job">The job as claimed.</param>
    /// <param name="stopping">Ends the repetition, because the service stops.</param>
    public JobLease(JobStore store, JobLeases leases, JobCheckpoints checkpoints, DatabaseRetry retry, TrainingJob job, CancellationToken stopping)
    {
        this.store = store;
        this.leases = leases;
        this.checkpoints = checkpoints;
        this.retry = retry;
        this.stopping = stopping;
        Job = job;
        attempt = job.Attempt;
    }

    /// <summary>The job at the time of the claim.</summary>
    public TrainingJob Job { get; }

    /// <summary>Extends the lease and stores the progress. Returns the job's status, or null if the database did not respond: then it can be repeated.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public TrainingJobStatus? Renew(TrainingProgress? progress) => retry.TryRun(() => leases.Renew(Job, progress), out TrainingJobStatus status) ? status : null;

    /// <summary>Stores an epoch and the checkpoint to resume from; null keeps the last checkpoint.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task AddEpochAsync(EpochResult result, TrainingProgress progress, Checkpoint? checkpoint)
    {
        byte[]? content = checkpoint is null ? null : CheckpointCodec.Encode(checkpoint);
        JobChange change = new((job, now) => job.CompleteEpoch(result, progress, now))
        {
            Event = _ => NewJobEvent.ForEpoch(result),
            InTransaction = async database =>
            {
                if (content is not null)
                {
                    await checkpoints.WriteAsync(database, Job.Id, content);
                }

                await JobLeases.RenewAsync(database, Job, progress);
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
    public async Task<TrainingJob> FailAsync(JobError error, CancellationToken cancellation) =>
        (await AdvanceAsync(new JobChange((job, now) => job.Fail(error, now)), EndedAs(TrainingJobStatus.Failed), cancellation)).Job;

    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public async Task<TrainingJob> CancelAsync(CancellationToken cancellation) =>
        (await AdvanceAsync(new JobChange((job, now) => job.Cancel(now)), EndedAs(TrainingJobStatus.Cancelled), cancellation)).Job;

    /// <summary>Returns the job to the queue for another worker. A job that is being cancelled is cancelled.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public async Task<TrainingJob> ReleaseAsync(CancellationToken cancellation) =>
        (await AdvanceAsync(new JobChange((job, now) => job.Release(now)), EndedAs(TrainingJobStatus.Queued, TrainingJobStatus.Cancelled), cancellation)).Job;

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

    private Func<TrainingJob, bool> EndedAs(params TrainingJobStatus[] statuses) => job => job.Attempt == attempt && statuses.Contains(job.Status);

    private bool IsValid(TrainingJob job) => job.IsRunning && job.Attempt == attempt;
}
