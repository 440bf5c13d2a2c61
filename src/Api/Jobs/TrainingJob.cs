using System.Collections.Immutable;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// One request to train, from queued to its end. A job never changes: each step gives a new one, or null when the step is
/// not allowed from where the job is, so that a step that comes late or twice changes nothing.
/// </summary>
internal sealed record TrainingJob(Guid Id, TrainingSettings Settings, DateTime CreatedAt)
{
    public TrainingJobStatus Status { get; private init; }

    public DateTime? StartedAt { get; private init; }

    public DateTime? FinishedAt { get; private init; }

    public DateTime? EstimatedFinishAt { get; private init; }

    public int Attempt { get; private init; }

    public TrainingProgress? Progress { get; private init; }

    public ImmutableList<EpochResult> Epochs { get; private init; } = [];

    public double? TestAccuracy { get; private init; }

    public Guid? ModelId { get; private init; }

    public JobError? Error { get; private init; }

    /// <summary>Trained and judged, and about to be handed over: too late to cancel.</summary>
    private bool IsFinishing { get; init; }

    public bool IsRunning => Status is TrainingJobStatus.Running or TrainingJobStatus.Cancelling;

    public bool IsOver => Status is TrainingJobStatus.Succeeded or TrainingJobStatus.Failed or TrainingJobStatus.Cancelled;

    public TrainingJob? Start(DateTime now) => Status != TrainingJobStatus.Queued
        ? null
        : this with { Status = TrainingJobStatus.Running, StartedAt = now, Attempt = Attempt + 1 };

    public TrainingJob? Report(TrainingProgress progress, DateTime now) => !IsRunning || progress == Progress
        ? null
        : this with { Progress = progress, EstimatedFinishAt = Estimate(progress, now) };

    public TrainingJob? AddEpoch(EpochResult result, TrainingProgress progress) => IsRunning
        ? this with { Epochs = Epochs.Add(result), Progress = progress }
        : null;

    public TrainingJob? Finish() => Status == TrainingJobStatus.Running ? this with { IsFinishing = true } : null;

    public TrainingJob? Succeed(double testAccuracy, Guid modelId, DateTime now) => IsFinishing
        ? Ended(TrainingJobStatus.Succeeded, now) with { TestAccuracy = testAccuracy, ModelId = modelId }
        : null;

    public TrainingJob? Fail(JobError error, DateTime now) => IsRunning
        ? Ended(TrainingJobStatus.Failed, now) with { Error = error }
        : null;

    /// <summary>A job that nobody works on is cancelled at once; a running one when its worker sees it.</summary>
    public TrainingJob? RequestCancel(DateTime now) => Status switch
    {
        TrainingJobStatus.Queued => Ended(TrainingJobStatus.Cancelled, now),
        TrainingJobStatus.Running or TrainingJobStatus.Cancelling when !IsFinishing => this with { Status = TrainingJobStatus.Cancelling },
        _ => null,
    };

    public TrainingJob? Cancel(DateTime now) => IsRunning ? Ended(TrainingJobStatus.Cancelled, now) : null;

    /// <summary>Puts the job back for another worker, as if it had not begun.</summary>
    public TrainingJob? Requeue() => Status == TrainingJobStatus.Running
        ? new TrainingJob(Id, Settings, CreatedAt) { Attempt = Attempt }
        : null;

    private TrainingJob Ended(TrainingJobStatus status, DateTime now) =>
        this with { Status = status, FinishedAt = now, EstimatedFinishAt = null };

    private DateTime? Estimate(TrainingProgress progress, DateTime now)
    {
        if (progress.ImagesPerSecond <= 0)
        {
            return EstimatedFinishAt;
        }

        long batchesLeft = ((long)progress.Batches * (progress.Epochs - progress.Epoch + 1)) - progress.Batch;
        return now.AddSeconds(batchesLeft * Settings.BatchSize / progress.ImagesPerSecond);
    }
}
