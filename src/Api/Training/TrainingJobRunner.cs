using System.Data.Common;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Claims the jobs that Hangfire delivers, runs them, and records how they end. It blocks Hangfire's thread, on which libtorch keeps its thread pool.</summary>
internal sealed partial class TrainingJobRunner(
    JobClaims claims,
    JobReader jobs,
    DatasetCatalog datasets,
    ILeaseRules leaseRules,
    TrainingSession session,
    TimeProvider time,
    ILogger<TrainingJobRunner> logger)
{
    /// <summary>
    /// Called by Hangfire, at least once per job. It fails only when the service stops, so that Hangfire keeps no failed entries: the job's state is in the database, and
    /// the sweeper enqueues again what is not finished.
    /// </summary>
    /// <param name="id">The job's id.</param>
    /// <param name="stopping">Cancelled when the service stops; the job then returns to the queue.</param>
    [AutomaticRetry(Attempts = 0)]
    [JobDisplayName("Training {0}")]
    public void Run(Guid id, CancellationToken stopping)
    {
        try
        {
            ClaimAndRun(id, stopping);
        }
        catch (JobNotFoundException)
        {
            LogDeleted(id);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogAbandoned(e, id);
        }
    }

    private void ClaimAndRun(Guid id, CancellationToken stopping)
    {
        TrainingJob queued = Wait(jobs.GetAsync(id, stopping)).Job;
        if (queued.IsTerminal || queued.Status == TrainingJobStatus.Cancelling)
        {
            // If the worker of a job that is being cancelled is gone, the sweeper ends the job.
            LogNotClaimed(id, queued.Status);
            return;
        }

        if (datasets.Find(queued.Settings.Dataset) is not DatasetSplit data)
        {
            LogDatasetUnavailable(id, queued.Settings.Dataset);
            return;
        }

        (JobLease? lease, TrainingJob job) = Wait(claims.ClaimAsync(id, stopping));
        if (lease is not null)
        {
            LogStarted(id, job.Attempt);
            Run(lease, data, stopping);
        }
        else if (job.Error?.Code == JobError.WorkersDiedCode)
        {
            LogWorkersDied(id, TrainingJob.MaxUnfinishedAttempts);
        }
        else
        {
            LogNotClaimed(id, job.Status);
        }
    }

    /// <summary>Runs the job to its end. The end is logged when it is stored, and as it is stored.</summary>
    private void Run(JobLease lease, DatasetSplit data, CancellationToken stopping)
    {
        using LeaseRenewal renewal = new(lease, leaseRules.RenewalInterval, time, stopping);
        try
        {
            ModelVersion model = session.Run(lease, renewal, data);
            LogSucceeded(lease.Job.Id, model.Confusion.Accuracy);
        }
        catch (Exception e)
        {
            TrainingJob? ended = renewal.End();
            Exception cause = renewal.Fault ?? e;
            LogEnd(lease, ended ?? StoreEnd(lease, cause, stopping), cause);
            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Stores the end of an attempt that did not complete the training. Returns the job.</summary>
    private static TrainingJob StoreEnd(JobLease lease, Exception cause, CancellationToken stopping)
    {
        try
        {
            return cause switch
            {
                LeaseLostException lost => lost.Job,
                OperationCanceledException => Wait(lease.CancelAsync(stopping)),
                _ => Wait(lease.FailAsync(Describe(cause), stopping)),
            };
        }
        catch (LeaseLostException e)
        {
            return e.Job;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return lease.Job;
        }
    }

    private void LogEnd(JobLease lease, TrainingJob job, Exception cause)
    {
        switch (job.Status)
        {
            case var _ when job.Attempt != lease.Job.Attempt:
                LogLeaseLost(job.Id, job.Status, job.Attempt);
                break;
            case TrainingJobStatus.Succeeded:
                // The commit took effect, although its outcome was unknown.
                LogSucceeded(job.Id, job.TestAccuracy ?? 0);
                break;
            case TrainingJobStatus.Failed:
                LogFailed(cause, job.Id);
                break;
            case TrainingJobStatus.Cancelled:
                LogCancelled(job.Id);
                break;
            case TrainingJobStatus.Queued:
                LogReleased(job.Id);
                break;
            default:
                LogNotReleased(job.Id);
                break;
        }
    }

    private static JobError Describe(Exception exception) => exception is TrainingDivergedException
        ? new JobError("diverged", exception.Message)
        : new JobError("internal", $"Training failed: {Reason(exception)} See the service's log for details.");

    /// <summary>The texts of the database are only logged: they can contain paths, statements, and values.</summary>
    private static string Reason(Exception exception) =>
        exception is DbException or DbUpdateException ? "A database operation failed." : (exception.InnerException ?? exception).Message;

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    [LoggerMessage(LogLevel.Information, "Training job {JobId} started, attempt {Attempt}")]
    private partial void LogStarted(Guid jobId, int attempt);

    [LoggerMessage(LogLevel.Information, "Training job {JobId} could not be claimed; status {Status}")]
    private partial void LogNotClaimed(Guid jobId, TrainingJobStatus status);

    [LoggerMessage(LogLevel.Information, "Training {JobId} was deleted")]
    private partial void LogDeleted(Guid jobId);

    [LoggerMessage(LogLevel.Warning, "Training {JobId} waits for the dataset '{Dataset}', which is not available")]
    private partial void LogDatasetUnavailable(Guid jobId, string dataset);

    [LoggerMessage(LogLevel.Error, "Training {JobId} failed because {Count} workers in a row ended without an epoch completed in between")]
    private partial void LogWorkersDied(Guid jobId, int count);

    [LoggerMessage(LogLevel.Error, "Training {JobId} was interrupted; it will be enqueued again")]
    private partial void LogAbandoned(Exception exception, Guid jobId);

    [LoggerMessage(LogLevel.Information, "Training {JobId} succeeded with test accuracy {Accuracy:P2}")]
    private partial void LogSucceeded(Guid jobId, double accuracy);

    [LoggerMessage(LogLevel.Information, "Training job {JobId} was cancelled")]
    private partial void LogCancelled(Guid jobId);

    [LoggerMessage(LogLevel.Information, "Training job {JobId} was returned to the queue because the service is stopping")]
    private partial void LogReleased(Guid jobId);

    [LoggerMessage(LogLevel.Warning, "Training job {JobId} was interrupted because the service is stopping; it could not be returned to the queue and is resumed when its lease has expired")]
    private partial void LogNotReleased(Guid jobId);

    [LoggerMessage(LogLevel.Warning, "Training job {JobId} was abandoned because its lease was lost; it now has status {Status} at attempt {Attempt}")]
    private partial void LogLeaseLost(Guid jobId, TrainingJobStatus status, int attempt);

    [LoggerMessage(LogLevel.Error, "Training job {JobId} failed")]
    private partial void LogFailed(Exception exception, Guid jobId);
}
