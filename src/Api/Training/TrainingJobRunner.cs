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
    JobClaims claims,
    TrainingSession session,
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
        if (Wait(claims.ClaimAsync(delivered, stopping)) is not (JobLease lease, DatasetSplit data))
        {
            LogNothingToDo(delivered);
            return;
        }

        LogStarted(lease.Job.Id, lease.Job.Attempt);
        Run(lease, data, stopping);
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
        catch (LeaseLostException e)
        {
            LogLeaseLost(e, id);
        }
        catch (Exception e)
        {
            LogFailed(e, id);
            Fail(lease, Describe(e));
        }
    }

    private void Fail(JobLease lease, JobError error)
    {
        try
        {
            Wait(lease.FailAsync(error));
        }
        catch (LeaseLostException e)
        {
            LogLeaseLost(e, lease.Job.Id);
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

    [LoggerMessage(LogLevel.Warning, "Training job {JobId} was abandoned because its lease was lost")]
    private partial void LogLeaseLost(Exception exception, Guid jobId);

    [LoggerMessage(LogLevel.Error, "Training job {JobId} failed")]
    private partial void LogFailed(Exception exception, Guid jobId);
}
