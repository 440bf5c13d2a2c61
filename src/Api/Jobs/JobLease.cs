using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;
using RnnService.Model.Checkpoints;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// A worker's lease on a job. All writes of the worker go through it, and each write checks that the lease is still valid. A worker that did not renew
/// its lease in time can no longer write.
/// </summary>
internal sealed class JobLease
{
    private readonly JobStore store;
    private readonly int attempt;

    private JobLease(JobStore store, TrainingJob job)
    {
        this.store = store;
        Job = job;
        attempt = job.Attempt;
    }

    /// <summary>The job at the time of the claim.</summary>
    public TrainingJob Job { get; }

    /// <summary>Claims a job. Returns no lease if the job cannot be claimed, and the job in either case.</summary>
    public static async Task<(JobLease? Lease, TrainingJob Job)> ClaimAsync(JobStore store, Guid id)
    {
        (bool applied, TrainingJob job) = await store.AdvanceAsync(id, new JobChange((job, now) => job.Claim(now)));
        return (applied ? new JobLease(store, job) : null, job);
    }

    /// <summary>Extends the lease and stores the progress. Returns the job, which may have been cancelled.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public async Task<TrainingJob> RenewAsync(TrainingProgress progress) =>
        (await AdvanceAsync(new JobChange((job, now) => job.Renew(progress, now)))).Job;

    /// <summary>Stores an epoch and the checkpoint to resume from.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task AddEpochAsync(EpochResult result, TrainingProgress progress, Checkpoint checkpoint)
    {
        byte[] content = CheckpointCodec.Encode(checkpoint);
        return AdvanceAsync(new JobChange((job, now) => job.Renew(progress, now))
        {
            Event = NewJobEvent.ForEpoch(result),
            InTransaction = async database =>
            {
                DbSet<JobCheckpoint> checkpoints = database.Set<JobCheckpoint>();
                int replaced = await checkpoints.Where(row => row.JobId == Job.Id).ExecuteUpdateAsync(row => row.SetProperty(old => old.Content, content));
                if (replaced == 0)
                {
                    checkpoints.Add(new JobCheckpoint(Job.Id, content));
                }
            },
        });
    }

    /// <summary>Stores the trained model and the end of the job.</summary>
    /// <param name="testAccuracy">The accuracy on the test images.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="addModel">Stores the model in the same transaction.</param>
    /// <param name="activate">Activates the model, before subscribers are notified of the end.</param>
    /// <returns>False if the job is being cancelled.</returns>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public async Task<bool> SucceedAsync(double testAccuracy, Guid modelId, Func<ServiceDbContext, Task> addModel, Func<Task> activate) =>
        (await AdvanceAsync(new JobChange((job, now) => job.Succeed(testAccuracy, modelId, now)) { InTransaction = addModel, AfterCommit = activate })).Applied;

    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task FailAsync(JobError error) => AdvanceAsync(new JobChange((job, now) => job.Fail(error, now)));

    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task CancelAsync() => AdvanceAsync(new JobChange((job, now) => job.Cancel(now)));

    /// <summary>Returns the job to the queue for another worker.</summary>
    /// <exception cref="LeaseLostException">The lease was lost.</exception>
    public Task ReleaseAsync() => AdvanceAsync(new JobChange((job, now) => job.Release(now)));

    private async Task<(bool Applied, TrainingJob Job)> AdvanceAsync(JobChange change)
    {
        (bool applied, TrainingJob job) = await store.AdvanceAsync(Job.Id, change with { Transition = (job, now) => IsValid(job) ? change.Transition(job, now) : null });
        return IsValid(job) || applied ? (applied, job) : throw new LeaseLostException(job);
    }

    private bool IsValid(TrainingJob job) => job.IsRunning && job.Attempt == attempt;
}
