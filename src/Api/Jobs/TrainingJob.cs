using RnnService.Api.Hosting;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// One request to train, from queued to its end. A job never changes: each step gives a new one, or null when the step is
/// not allowed from where the job is, so that a step that comes late or twice changes nothing.
/// </summary>
internal sealed record TrainingJob(Guid Id, TrainingSettings Settings, string? IdempotencyKey, DateTime CreatedAt) : IListed
{
    /// <summary>How long a worker may be silent before another may take its job.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);

    /// <summary>Its place in the queue.</summary>
    public int Number { get; private init; }

    /// <summary>Counts the changes, so that of two at once only one is made.</summary>
    public int Revision { get; private init; }

    public TrainingJobStatus Status { get; private init; }

    public DateTime? StartedAt { get; private init; }

    public DateTime? FinishedAt { get; private init; }

    public DateTime? EstimatedFinishAt { get; private init; }

    /// <summary>How often the job was taken: its worker's name, and the guard of everything that worker writes.</summary>
    public int Attempt { get; private init; }

    public DateTime? LeaseUntil { get; private init; }

    public TrainingProgress? Progress { get; private init; }

    public double? TestAccuracy { get; private init; }

    public Guid? ModelId { get; private init; }

    public JobError? Error { get; private init; }

    public bool IsRunning => Status is TrainingJobStatus.Running or TrainingJobStatus.Cancelling;

    public bool IsOver => Status is TrainingJobStatus.Succeeded or TrainingJobStatus.Failed or TrainingJobStatus.Cancelled;

    /// <summary>Takes a job that waits, or whose worker has gone silent.</summary>
    public TrainingJob? Claim(DateTime now) => Status == TrainingJobStatus.Queued || (IsRunning && !(LeaseUntil > now))
        ? this with
        {
            Status = IsRunning ? Status : TrainingJobStatus.Running,
            StartedAt = StartedAt ?? now,
            Attempt = Attempt + 1,
            LeaseUntil = now + LeaseDuration,
        }
        : null;

    public TrainingJob? Renew(TrainingProgress progress, DateTime now) => IsRunning
        ? this with { Progress = progress, EstimatedFinishAt = Estimate(progress, now), LeaseUntil = now + LeaseDuration }
        : null;

    public TrainingJob? Succeed(double testAccuracy, Guid modelId, DateTime now) => Status == TrainingJobStatus.Running
        ? Ended(TrainingJobStatus.Succeeded, now) with { TestAccuracy = testAccuracy, ModelId = modelId }
        : null;

    public TrainingJob? Fail(JobError error, DateTime now) => IsRunning
        ? Ended(TrainingJobStatus.Failed, now) with { Error = error }
        : null;

    /// <summary>A job that nobody works on is cancelled at once; a running one when its worker sees it.</summary>
    public TrainingJob? RequestCancel(DateTime now) => Status switch
    {
        TrainingJobStatus.Queued => Ended(TrainingJobStatus.Cancelled, now),
        TrainingJobStatus.Running or TrainingJobStatus.Cancelling => this with { Status = TrainingJobStatus.Cancelling },
        _ => null,
    };

    public TrainingJob? Cancel(DateTime now) => IsRunning ? Ended(TrainingJobStatus.Cancelled, now) : null;

    /// <summary>Puts the job back, for another worker to go on after its last epoch. One that was being cancelled is so.</summary>
    public TrainingJob? Release(DateTime now) => Status switch
    {
        TrainingJobStatus.Running => this with { Status = TrainingJobStatus.Queued, LeaseUntil = null, EstimatedFinishAt = null },
        TrainingJobStatus.Cancelling => Cancel(now),
        _ => null,
    };

    private TrainingJob Ended(TrainingJobStatus status, DateTime now) =>
        this with { Status = status, FinishedAt = now, EstimatedFinishAt = null, LeaseUntil = null };

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
