using System.Data.Common;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.Storage;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Claims the jobs that Hangfire delivers, runs them, and records how they end. It blocks Hangfire's thread, on which libtorch keeps its thread pool.</summary>
internal sealed partial class TrainingJobRunner(
    JobStore store,
    JobReader jobs,
    DatasetCatalog datasets,
    DatabaseRetry retry,
    TrainingSession session,
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
        catch (LeaseLostException e)
        {
            LogLeaseLost(e, id);
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

        (JobLease? lease, TrainingJob job) = Wait(JobLease.ClaimAsync(store, retry, id, stopping));
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

    private void Run(JobLease lease, DatasetSplit data, CancellationToken stopping)
    {
        Guid id = lease.Job.Id;
        try
        {
            ModelVersion model = session.Run(lease, data, stopping);
            LogSucceeded(id, model.Confusion.Accuracy);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogReleased(id);
            throw;
        }
        catch (OperationCanceledException)
        {
            LogCancelled(id);
        }
        catch (Exception e) when (e is not LeaseLostException)
        {
            LogFailed(e, id);
            Wait(lease.FailAsync(Describe(e)));
        }
    }

    private static JobError Describe(Exception exception) => exception is TrainingDivergedException
        ? new JobError("diverged", exception.Message)
        : new JobError("internal", $"Training failed: {Reason(exception)} See the service's log for details.");

    /// <summary>The texts of the database are only logged: they can contain paths, statements, and values.</summary>
    private static string Reason(Exception exception) =>
        exception is DbException or DbUpdateException ? "A database operation failed." : (exception.InnerException ?? exception).Message;

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

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

    [LoggerMessage(LogLevel.Warning, "Training job {JobId} was abandoned because its lease was lost")]
    private partial void LogLeaseLost(Exception exception, Guid jobId);

    [LoggerMessage(LogLevel.Error, "Training job {JobId} failed")]
    private partial void LogFailed(Exception exception, Guid jobId);
}
