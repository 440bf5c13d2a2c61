using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Claims jobs for the workers of this process.</summary>
internal sealed class JobClaims(JobStore store, JobLeases leases, JobCheckpoints checkpoints, DatabaseRetry retry, WorkerIdentity worker)
{
    /// <summary>Claims a job. Returns no lease if the job cannot be claimed, and the job in either case.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="stopping">Ends the repetition of the worker's writes, because the service stops.</param>
    public async Task<(JobLease? Lease, TrainingJob Job)> ClaimAsync(Guid id, CancellationToken stopping)
    {
        (bool applied, TrainingJob job) = await store.AdvanceAsync(id, new JobChange((job, now) => job.Claim(worker, now)) { RequiresNoLease = true });
        return (applied && job.IsRunning ? new JobLease(store, leases, checkpoints, retry, job, stopping) : null, job);
    }
}
