using RnnService.Api.Jobs;
using RnnService.Model.Data;

namespace RnnService.Api.Training;

/// <summary>
/// Claims the next job for a worker. A delivery means only that there is work: the database decides which job is next. The exception is an interrupted job, which the
/// sweeper enqueues when it can continue; it has already had its turn.
/// </summary>
internal sealed partial class JobSelection(JobClaims claims, JobReader jobs, DatasetCatalog datasets, ILogger<JobSelection> logger)
{
    private const int PageSize = 20;

    /// <summary>Claims the delivered job if it was interrupted, and otherwise the first job in the queue whose dataset is available.</summary>
    /// <returns>The lease and the dataset; null if there is no job to train.</returns>
    public async Task<(JobLease Lease, DatasetSplit Data)?> ClaimAsync(Guid delivered, CancellationToken stopping)
    {
        if (await jobs.FindAsync(delivered, stopping) is { Status: TrainingJobStatus.Running } interrupted
            && datasets.Find(interrupted.Settings.Dataset) is DatasetSplit its
            && await TryClaimAsync(delivered, stopping) is JobLease resumed)
        {
            return (resumed, its);
        }

        // A job that could not be claimed is not queued anymore, so only those whose dataset is missing are still in the way.
        int skipped = 0;
        while (await jobs.ListQueuedAsync(skipped, PageSize, stopping) is { Count: > 0 } next)
        {
            foreach (TrainingJob job in next)
            {
                if (datasets.Find(job.Settings.Dataset) is not DatasetSplit data)
                {
                    LogDatasetUnavailable(job.Id, job.Settings.Dataset);
                    skipped++;
                }
                else if (await TryClaimAsync(job.Id, stopping) is JobLease lease)
                {
                    return (lease, data);
                }
            }
        }

        return null;
    }

    private async Task<JobLease?> TryClaimAsync(Guid id, CancellationToken stopping)
    {
        try
        {
            (JobLease? lease, TrainingJob job) = await claims.ClaimAsync(id, stopping);
            if (lease is null && job.Error?.Code == JobError.WorkersDiedCode)
            {
                LogWorkersDied(id, TrainingJob.MaxUnfinishedAttempts);
            }

            return lease;
        }
        catch (JobNotFoundException)
        {
            // It was cancelled and deleted meanwhile.
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Training {JobId} waits for the dataset '{Dataset}', which is not available")]
    private partial void LogDatasetUnavailable(Guid jobId, string dataset);

    [LoggerMessage(LogLevel.Error, "Training {JobId} failed because {Count} workers in a row ended without an epoch completed in between")]
    private partial void LogWorkersDied(Guid jobId, int count);
}
