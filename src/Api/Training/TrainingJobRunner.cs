using System.Data.Common;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Claims a job for each delivery of Hangfire, runs it, and records how it ends. It blocks Hangfire's thread, on which libtorch keeps its thread pool.</summary>
internal sealed partial class TrainingJobRunner(
    JobSelection selection,
    ILeaseRules leaseRules,
    TrainingSession session,
    TimeProvider time,
    ILogger<TrainingJobRunner> logger)
{
    /// <summary>
    /// Called by Hangfire, at least once per job. It fails only when the service stops, so that Hangfire keeps no failed entries: the job's state is in the database, and
    /// the sweeper enqueues again what is not finished.
    /// </summary>
    /// <param name="id">The id of the job that was enqueued. Another job is trained if it is before this one in the queue.</param>
    /// <param name="stopping">Cancelled when the service stops; the job then returns to the queue.</param>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    [JobDisplayName("Delivery for training {0}")]
    public void Run(Guid id, CancellationToken stopping)
    {
        try
        {
            ClaimAndRun(id, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogAbandoned(e, id);
        }
    }

    private void ClaimAndRun(Guid delivered, CancellationToken stopping)
    {
        if (Wait(selection.ClaimAsync(delivered, stopping)) is not (JobLease lease, DatasetSplit data))
        {
            LogNothingToDo(delivered);
            return;
        }

        LogStarted(lease.Job.Id, lease.Job.Attempt);
        Run(lease, data, stopping);
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

    [LoggerMessage(LogLevel.Debug, "The delivery for training job {JobId} found no job to train")]
    private partial void LogNothingToDo(Guid jobId);

    [LoggerMessage(LogLevel.Error, "The delivery for training {JobId} was interrupted; unfinished jobs will be enqueued again")]
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
