using Hangfire;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// Trains one job from its last epoch to its end. It keeps the queue's thread for all of it: torch keeps a team of workers
/// for each thread that ever called it.
/// </summary>
internal sealed partial class TrainingJobRunner(
    JobStore store,
    JobReader jobs,
    ActiveModel activeModel,
    DatasetCatalog datasets,
    TimeProvider time,
    ILogger<TrainingJobRunner> logger)
{
    /// <summary>Called by Hangfire with a job's id, at least once.</summary>
    /// <param name="id">The job.</param>
    /// <param name="stopping">Hangfire's: the service stops, and the job goes back to the queue.</param>
    [AutomaticRetry(Attempts = 0)]
    [JobDisplayName("Training {0}")]
    public void Run(Guid id, CancellationToken stopping)
    {
        (JobLease? lease, TrainingJob job) = Wait(JobLease.ClaimAsync(store, id));
        if (lease is null)
        {
            LogNotClaimed(id, job.Status);
            return;
        }

        LogStarted(id, job.Attempt);
        try
        {
            Run(lease, stopping);
        }
        catch (LeaseLostException loss)
        {
            LogLost(loss, id);
        }
    }

    private void Run(JobLease lease, CancellationToken stopping)
    {
        Guid id = lease.Job.Id;
        try
        {
            ModelVersion model = Train(lease, stopping);
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
        catch (Exception fault) when (fault is not LeaseLostException)
        {
            LogFailed(fault, id);
            Wait(lease.FailAsync(Describe(fault)));
            throw;
        }
    }

    /// <summary>Goes on where the job was left, and hands the network over; nothing native is left when it returns.</summary>
    private ModelVersion Train(JobLease lease, CancellationToken stopping)
    {
        TrainingJob job = lease.Job;
        DatasetSplit data = datasets.Find(job.Settings.Dataset)
            ?? throw new InvalidOperationException($"The data set '{job.Settings.Dataset}' is no longer configured.");
        byte[]? checkpoint = Wait(jobs.FindCheckpointAsync(job.Id, CancellationToken.None));
        using Trainer trainer = new(job.Settings, data, checkpoint is null ? null : CheckpointCodec.Decode(checkpoint));
        Evaluation test = Train(lease, trainer, stopping);
        return HandOver(lease, trainer, test);
    }

    /// <summary>Trains epoch by epoch, each kept before the next begins, and judges at the end.</summary>
    private Evaluation Train(JobLease lease, Trainer trainer, CancellationToken stopping)
    {
        using LeaseRenewal renewal = new(lease, trainer, time, stopping);
        try
        {
            foreach (EpochResult result in trainer.Train(renewal.Unwanted))
            {
                Wait(lease.AddEpochAsync(result, trainer.Progress, trainer.TakeCheckpoint()));
            }

            return trainer.Test(renewal.Unwanted);
        }
        finally
        {
            Wait(renewal.EndAsync());
        }
    }

    /// <summary>Keeps the model and the job's end in one transaction, and serves the model before anybody hears of it.</summary>
    private ModelVersion HandOver(JobLease lease, Trainer trainer, Evaluation test)
    {
        byte[] weights = trainer.Network.ToSafeTensors();
        ModelVersion model = ModelVersion.Of(lease.Job, trainer.Network, weights, test, time.GetUtcNow().UtcDateTime);
        bool succeeded = Wait(lease.SucceedAsync(
            test.Accuracy,
            model.Id,
            alongside: database => ModelRegistry.AddAsync(database, model, weights),
            afterwards: () => activeModel.RefreshAsync(CancellationToken.None)));
        if (!succeeded)
        {
            Wait(lease.CancelAsync());
            throw new OperationCanceledException("The job was cancelled just before it ended.");
        }

        return model;
    }

    private static JobError Describe(Exception fault) => fault is TrainingDivergedException
        ? new JobError("diverged", fault.Message)
        : new JobError("internal", $"The training broke off: {(fault.InnerException ?? fault).Message} The service's log has more.");

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    [LoggerMessage(LogLevel.Information, "Training {JobId} begins, attempt {Attempt}")]
    private partial void LogStarted(Guid jobId, int attempt);

    [LoggerMessage(LogLevel.Information, "Training {JobId} is not to be had: it is {Status}")]
    private partial void LogNotClaimed(Guid jobId, TrainingJobStatus status);

    [LoggerMessage(LogLevel.Information, "Training {JobId} succeeded with test accuracy {Accuracy:P2}")]
    private partial void LogSucceeded(Guid jobId, double accuracy);

    [LoggerMessage(LogLevel.Information, "Training {JobId} was cancelled")]
    private partial void LogCancelled(Guid jobId);

    [LoggerMessage(LogLevel.Information, "Training {JobId} goes back to the queue, since the service stops")]
    private partial void LogReleased(Guid jobId);

    [LoggerMessage(LogLevel.Warning, "Training {JobId} is another worker's now")]
    private partial void LogLost(Exception loss, Guid jobId);

    [LoggerMessage(LogLevel.Error, "Training {JobId} failed")]
    private partial void LogFailed(Exception fault, Guid jobId);
}
