using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;
using RnnService.Model.Checkpoints;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// A worker's hold on a job. All that the worker writes goes through it, and each write asks again whether the hold still is:
/// a worker that lost it, because it was silent too long, writes nothing more.
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

    /// <summary>The job as it was taken.</summary>
    public TrainingJob Job { get; }

    /// <summary>Takes a job; null when it is not to be had, and the job as it is.</summary>
    public static async Task<(JobLease? Lease, TrainingJob Job)> ClaimAsync(JobStore store, Guid id)
    {
        (bool taken, TrainingJob job) = await store.AdvanceAsync(id, new JobChange((job, now) => job.Claim(now)));
        return (taken ? new JobLease(store, job) : null, job);
    }

    /// <summary>Says that the worker is alive and where it is; returns the job, which may be wanted no more.</summary>
    /// <exception cref="LeaseLostException">The job is another's.</exception>
    public async Task<TrainingJob> RenewAsync(TrainingProgress progress) =>
        (await AdvanceAsync(new JobChange((job, now) => job.Renew(progress, now)))).Job;

    /// <summary>Keeps an epoch and all that is needed to go on after it.</summary>
    /// <exception cref="LeaseLostException">The job is another's.</exception>
    public Task AddEpochAsync(EpochResult result, TrainingProgress progress, Checkpoint checkpoint)
    {
        byte[] content = CheckpointCodec.Encode(checkpoint);
        return AdvanceAsync(new JobChange((job, now) => job.Renew(progress, now))
        {
            Event = JobEventBody.Epoch(result),
            Alongside = async database =>
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

    /// <summary>Keeps the trained model and the job's end.</summary>
    /// <param name="testAccuracy">How well it did on the test images.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="alongside">Writes the model in the same transaction.</param>
    /// <param name="afterwards">Serves it, before anybody hears of the end.</param>
    /// <returns>False when the job is to be cancelled instead.</returns>
    /// <exception cref="LeaseLostException">The job is another's.</exception>
    public async Task<bool> SucceedAsync(double testAccuracy, Guid modelId, Func<ServiceDbContext, Task> alongside, Func<Task> afterwards) =>
        (await AdvanceAsync(new JobChange((job, now) => job.Succeed(testAccuracy, modelId, now)) { Alongside = alongside, Afterwards = afterwards })).Taken;

    /// <exception cref="LeaseLostException">The job is another's.</exception>
    public Task FailAsync(JobError error) => AdvanceAsync(new JobChange((job, now) => job.Fail(error, now)));

    /// <exception cref="LeaseLostException">The job is another's.</exception>
    public Task CancelAsync() => AdvanceAsync(new JobChange((job, now) => job.Cancel(now)));

    /// <summary>Puts the job back for another worker.</summary>
    /// <exception cref="LeaseLostException">The job is another's.</exception>
    public Task ReleaseAsync() => AdvanceAsync(new JobChange((job, now) => job.Release(now)));

    private async Task<(bool Taken, TrainingJob Job)> AdvanceAsync(JobChange change)
    {
        (bool taken, TrainingJob job) = await store.AdvanceAsync(Job.Id, change with { Step = (job, now) => IsHeld(job) ? change.Step(job, now) : null });
        return IsHeld(job) || taken ? (taken, job) : throw new LeaseLostException(job);
    }

    private bool IsHeld(TrainingJob job) => job.IsRunning && job.Attempt == attempt;
}
