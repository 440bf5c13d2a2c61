using Hangfire;
using RnnService.Api.Jobs;
using RnnService.Api.Models;
using RnnService.Api.Progress;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>Trains one job from start to end, on the queue's thread.</summary>
internal sealed partial class TrainingJobRunner(
    JobStore jobs,
    ModelRegistry models,
    DatasetCatalog datasets,
    TimeProvider time,
    ILogger<TrainingJobRunner> logger)
{
    /// <summary>How often batch progress is published, and a cancelled job noticed.</summary>
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(300);

    /// <summary>Called by Hangfire with a job's id, at least once.</summary>
    /// <param name="id">The job.</param>
    /// <param name="stopping">Hangfire's: the service stops, and the job goes back to the queue.</param>
    [AutomaticRetry(Attempts = 0)]
    [JobDisplayName("Training {0}")]
    public async Task RunAsync(Guid id, CancellationToken stopping)
    {
        (bool claimed, TrainingJob job) = jobs.Advance(id, (job, now) => job.Start(now));
        if (!claimed)
        {
            LogNotClaimed(id, job.Status);
            return;
        }

        LogStarted(id, job.Attempt);
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            ModelVersion model = await TrainAsync(job, cancel);
            jobs.Advance(id, (job, now) => job.Succeed(model.TestAccuracy, model.Id, now), JobEventBody.End);
            LogSucceeded(id, model.TestAccuracy, model.Version);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            jobs.Advance(id, (job, _) => job.Requeue());
            LogRequeued(id);
            throw;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            jobs.Advance(id, (job, now) => job.Cancel(now), JobEventBody.End);
            LogCancelled(id);
        }
        catch (Exception fault)
        {
            jobs.Advance(id, (job, now) => job.Fail(Describe(fault), now), JobEventBody.End);
            LogFailed(fault, id);
            throw;
        }
    }

    /// <summary>Trains, judges, and hands the network to the registry; nothing native is left when it returns.</summary>
    private async Task<ModelVersion> TrainAsync(TrainingJob job, CancellationTokenSource cancel)
    {
        DatasetSplit data = datasets.Find(job.Settings.Dataset)
            ?? throw new InvalidOperationException($"The data set '{job.Settings.Dataset}' is no longer configured.");
        using Trainer trainer = new(job.Settings, data);

        // Disposed of asynchronously, which waits for a report under way: none comes when the training is over.
        await using ITimer reporter = time.CreateTimer(_ => Report(job.Id, trainer, cancel), null, ReportInterval, ReportInterval);

        foreach (EpochResult result in trainer.Train(cancel.Token))
        {
            jobs.Advance(job.Id, (job, _) => job.AddEpoch(result, trainer.Progress), JobEventBody.Epoch);
        }

        double accuracy = trainer.Test(cancel.Token).Accuracy;
        if (!jobs.Advance(job.Id, (job, _) => job.Finish()).Taken)
        {
            await cancel.CancelAsync();
            cancel.Token.ThrowIfCancellationRequested();
        }

        return models.Add(job, trainer.Network, accuracy);
    }

    /// <summary>Publishes where the training is, and looks whether it is still wanted.</summary>
    private void Report(Guid id, Trainer trainer, CancellationTokenSource cancel)
    {
        (_, TrainingJob job) = jobs.Advance(id, (job, now) => job.Report(trainer.Progress, now));
        if (job.Status == TrainingJobStatus.Cancelling)
        {
            cancel.Cancel();
        }
    }

    private static JobError Describe(Exception fault) => fault is TrainingDivergedException
        ? new JobError("diverged", fault.Message)
        : new JobError("internal", $"The training broke off: {fault.Message} The service's log has more.");

    [LoggerMessage(LogLevel.Information, "Training {JobId} begins, attempt {Attempt}")]
    private partial void LogStarted(Guid jobId, int attempt);

    [LoggerMessage(LogLevel.Information, "Training {JobId} is not to be started: it is {Status}")]
    private partial void LogNotClaimed(Guid jobId, TrainingJobStatus status);

    [LoggerMessage(LogLevel.Information, "Training {JobId} succeeded with test accuracy {Accuracy:P2}; it is model {Version}")]
    private partial void LogSucceeded(Guid jobId, double accuracy, int version);

    [LoggerMessage(LogLevel.Information, "Training {JobId} was cancelled")]
    private partial void LogCancelled(Guid jobId);

    [LoggerMessage(LogLevel.Information, "Training {JobId} goes back to the queue, since the service stops")]
    private partial void LogRequeued(Guid jobId);

    [LoggerMessage(LogLevel.Error, "Training {JobId} failed")]
    private partial void LogFailed(Exception fault, Guid jobId);
}
