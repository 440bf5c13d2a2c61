using Hangfire;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// Runs a training job, starting after its last completed epoch. It blocks the queue's thread instead of awaiting, because libtorch keeps a thread pool for
/// each thread that calls it.
/// </summary>
internal sealed partial class TrainingJobRunner(
    JobStore store,
    JobReader jobs,
    ActiveModel activeModel,
    DatasetCatalog datasets,
    TimeProvider time,
    ILogger<TrainingJobRunner> logger)
{
    /// <summary>Called by Hangfire, at least once per job.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="stopping">Cancelled when the service stops; the job then returns to the queue.</param>
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
        catch (LeaseLostException e)
        {
            LogLeaseLost(e, id);
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
        catch (Exception e) when (e is not LeaseLostException)
        {
            LogFailed(e, id);
            Wait(lease.FailAsync(Describe(e)));
            throw;
        }
    }

    /// <summary>Starts or resumes training and saves the model. All native memory is released on return.</summary>
    private ModelVersion Train(JobLease lease, CancellationToken stopping)
    {
        TrainingJob job = lease.Job;
        DatasetSplit data = datasets.Find(job.Settings.Dataset)
            ?? throw new InvalidOperationException($"The dataset '{job.Settings.Dataset}' is no longer configured.");
        byte[]? checkpoint = Wait(jobs.FindCheckpointAsync(job.Id, CancellationToken.None));
        using Trainer trainer = new(job.Settings, data, checkpoint is null ? null : CheckpointCodec.Decode(checkpoint));
        Evaluation test = Train(lease, trainer, stopping);
        return SaveModel(lease, trainer, test);
    }

    /// <summary>Trains epoch by epoch, stores each epoch before the next one begins, and evaluates the network on the test images.</summary>
    private Evaluation Train(JobLease lease, Trainer trainer, CancellationToken stopping)
    {
        using LeaseRenewal renewal = new(lease, trainer, time, stopping);
        try
        {
            foreach (EpochResult result in trainer.Train(renewal.Abort))
            {
                Wait(lease.AddEpochAsync(result, trainer.Progress, trainer.TakeCheckpoint()));
            }

            return trainer.Test(renewal.Abort);
        }
        finally
        {
            Wait(renewal.EndAsync());
        }
    }

    /// <summary>Stores the model and the end of the job in one transaction, and activates the model before subscribers are notified.</summary>
    private ModelVersion SaveModel(JobLease lease, Trainer trainer, Evaluation test)
    {
        byte[] weights = trainer.Network.ToSafeTensors();
        ModelVersion model = ModelVersion.Of(lease.Job, weights, test, time.GetUtcNow().UtcDateTime);
        bool succeeded = Wait(lease.SucceedAsync(
            test.Accuracy,
            model.Id,
            addModel: database => ModelRegistry.AddAsync(database, model, weights),
            activate: () => activeModel.RefreshAsync(CancellationToken.None)));
        if (!succeeded)
        {
            Wait(lease.CancelAsync());
            throw new OperationCanceledException("The job was cancelled just before it succeeded.");
        }

        return model;
    }

    private static JobError Describe(Exception exception) => exception is TrainingDivergedException
        ? new JobError("diverged", exception.Message)
        : new JobError("internal", $"Training failed: {(exception.InnerException ?? exception).Message} See the service's log for details.");

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    [LoggerMessage(LogLevel.Information, "Training job {JobId} started, attempt {Attempt}")]
    private partial void LogStarted(Guid jobId, int attempt);

    [LoggerMessage(LogLevel.Information, "Training job {JobId} could not be claimed; status {Status}")]
    private partial void LogNotClaimed(Guid jobId, TrainingJobStatus status);

    [LoggerMessage(LogLevel.Information, "Training job {JobId} succeeded with test accuracy {Accuracy:P2}")]
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
