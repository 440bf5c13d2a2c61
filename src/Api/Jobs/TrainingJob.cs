using RnnService.Api.Http;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// A request to train, from queued to a terminal status. Jobs are immutable: each transition returns a new job, or null if it is not allowed in the
/// current status, so that a late or repeated transition has no effect.
/// </summary>
internal sealed record TrainingJob(Guid Id, TrainingSettings Settings, string? IdempotencyKey, DateTime CreatedAt) : IListed
{
    /// <summary>How long a lease lasts. If it is not renewed in time, another worker can claim the job.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);

    /// <summary>A number that the database assigns in the order of creation; the queue is in this order.</summary>
    public int Number { get; private init; }

    /// <summary>The number of changes; the concurrency token.</summary>
    public int Revision { get; private init; }

    public TrainingJobStatus Status { get; private init; }

    public DateTime? StartedAt { get; private init; }

    public DateTime? FinishedAt { get; private init; }

    public DateTime? EstimatedFinishAt { get; private init; }

    /// <summary>The number of claims. It identifies the worker and guards all its writes (a fencing token).</summary>
    public int Attempt { get; private init; }

    public DateTime? LeaseUntil { get; private init; }

    public TrainingProgress? Progress { get; private init; }

    public double? TestAccuracy { get; private init; }

    public Guid? ModelId { get; private init; }

    public JobError? Error { get; private init; }

    public bool IsRunning => Status is TrainingJobStatus.Running or TrainingJobStatus.Cancelling;

    public bool IsTerminal => Status is TrainingJobStatus.Succeeded or TrainingJobStatus.Failed or TrainingJobStatus.Cancelled;

    /// <summary>Claims a job that is queued or whose lease has expired.</summary>
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

    /// <summary>Cancels a queued job immediately. A running job is cancelled when its worker notices.</summary>
    public TrainingJob? RequestCancel(DateTime now) => Status switch
    {
        TrainingJobStatus.Queued => Ended(TrainingJobStatus.Cancelled, now),
        TrainingJobStatus.Running or TrainingJobStatus.Cancelling => this with { Status = TrainingJobStatus.Cancelling },
        _ => null,
    };

    public TrainingJob? Cancel(DateTime now) => IsRunning ? Ended(TrainingJobStatus.Cancelled, now) : null;

    /// <summary>Returns the job to the queue, to be resumed after its last epoch. A job that is being cancelled becomes cancelled.</summary>
    public TrainingJob? Release(DateTime now) => Status switch
    {
        TrainingJobStatus.Running => this with { Status = TrainingJobStatus.Queued, LeaseUntil = null, EstimatedFinishAt = null },
        TrainingJobStatus.Cancelling => Cancel(now),
        _ => null,
    };

    /// <summary>Returns the job as its terminal event describes it.</summary>
    public TrainingJob EndedAs(StoredJobEnd end) => this with
    {
        Status = end.Status,
        StartedAt = end.StartedAt,
        FinishedAt = end.FinishedAt,
        EstimatedFinishAt = null,
        Attempt = end.Attempt,
        Progress = end.Progress?.ToProgress(),
        TestAccuracy = end.TestAccuracy,
        ModelId = end.ModelId,
        Error = end.Error?.ToError(),
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
