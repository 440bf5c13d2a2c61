using RnnService.Api.Http;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// A request to train, from queued to a terminal status. Jobs are immutable: each transition returns a new job, or null if it is not allowed in the
/// current status, so that a late or repeated transition has no effect.
/// </summary>
internal sealed record TrainingJob(Guid Id, TrainingSettings Settings, string? IdempotencyKey, DateTime CreatedAt) : IListed
{
    /// <summary>How many workers may die without completing an epoch before the job fails.</summary>
    public const int MaxUnfinishedAttempts = 5;

    /// <summary>The statuses of finished jobs.</summary>
    public static readonly TrainingJobStatus[] TerminalStatuses = [TrainingJobStatus.Succeeded, TrainingJobStatus.Failed, TrainingJobStatus.Cancelled];

    /// <summary>A number that the database assigns in the order of creation.</summary>
    public int Number { get; private init; }

    /// <summary>The number of changes; the concurrency token.</summary>
    public int Revision { get; private init; }

    public TrainingJobStatus Status { get; private init; }

    public JobPriority Priority { get; init; }

    /// <summary>Identifies the client that added the job.</summary>
    public string Client { get; init; } = "";

    /// <summary>The job's turn in the queue (<see cref="JobTurn"/>).</summary>
    public int Turn { get; init; }

    public DateTime? StartedAt { get; private init; }

    public DateTime? FinishedAt { get; private init; }

    public DateTime? EstimatedFinishAt { get; private init; }

    /// <summary>The number of claims. It identifies the worker and guards all its writes (a fencing token).</summary>
    public int Attempt { get; private init; }

    /// <summary>The workers that claimed the job.</summary>
    public JobAttempts Attempts { get; private init; } = JobAttempts.None;

    /// <summary>Counts the claims since the last completed epoch, except those that ended with a release: the workers that died, and the current one.</summary>
    public int UnfinishedAttempts { get; private init; }

    /// <summary>The sequence number of the last event; 0 if there is none.</summary>
    public int LastSequence { get; private init; }

    /// <summary>The last completed epoch; 0 if there is none.</summary>
    public int LastEpoch { get; private init; }

    /// <summary>The best validation accuracy of all completed epochs.</summary>
    public double? BestValidationAccuracy { get; private init; }

    public TrainingProgress? Progress { get; private init; }

    public double? TestAccuracy { get; private init; }

    public Guid? ModelId { get; private init; }

    public JobError? Error { get; private init; }

    public bool IsRunning => Status is TrainingJobStatus.Running or TrainingJobStatus.Cancelling;

    public bool IsTerminal => TerminalStatuses.Contains(Status);

    /// <summary>
    /// Claims a job that is queued or whose worker is gone: the job must have no lease. A job on which too many workers died without completing an epoch fails instead.
    /// </summary>
    public TrainingJob? Claim(WorkerIdentity worker, DateTime now) => Status switch
    {
        TrainingJobStatus.Running when UnfinishedAttempts >= MaxUnfinishedAttempts => Fail(JobError.WorkersDied(MaxUnfinishedAttempts), now),
        TrainingJobStatus.Queued or TrainingJobStatus.Running => this with
        {
            Status = TrainingJobStatus.Running,
            StartedAt = StartedAt ?? now,
            Attempt = Attempt + 1,
            Attempts = Attempts.Add(new JobAttempt(Attempt + 1, worker.Name, worker.Host, now)),
            UnfinishedAttempts = UnfinishedAttempts + 1,
        },
        _ => null,
    };

    /// <summary>Returns the job with the progress at the last renewal of its lease.</summary>
    public TrainingJob At(LeaseTerm? lease) => IsRunning && lease?.Attempt == Attempt && lease.ToProgress() is TrainingProgress progress
        ? this with { Progress = progress, EstimatedFinishAt = Estimate(progress, lease.Until - LeaseTerm.Duration) }
        : this;

    /// <summary>Completes an epoch. Completing it again has no effect, so that a commit whose outcome is unknown can be repeated.</summary>
    public TrainingJob? CompleteEpoch(EpochResult result, TrainingProgress progress, DateTime now) => IsRunning && result.Epoch > LastEpoch
        ? this with
        {
            Progress = progress,
            EstimatedFinishAt = Estimate(progress, now),
            LastEpoch = result.Epoch,
            BestValidationAccuracy = Math.Max(BestValidationAccuracy ?? 0, result.ValidationAccuracy),
            UnfinishedAttempts = 1,
        }
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

    /// <summary>Cancels a job that is being cancelled and whose worker is gone: the job must have no lease.</summary>
    public TrainingJob? CancelWithoutWorker(DateTime now) => Status == TrainingJobStatus.Cancelling ? Cancel(now) : null;

    public TrainingJob? Cancel(DateTime now) => IsRunning ? Ended(TrainingJobStatus.Cancelled, now) : null;

    /// <summary>Returns the job to the queue, to be resumed after its last epoch. A job that is being cancelled becomes cancelled.</summary>
    public TrainingJob? Release(DateTime now) => Status switch
    {
        TrainingJobStatus.Running => this with { Status = TrainingJobStatus.Queued, UnfinishedAttempts = Math.Max(0, UnfinishedAttempts - 1), EstimatedFinishAt = null },
        TrainingJobStatus.Cancelling => Cancel(now),
        _ => null,
    };

    /// <summary>Returns a failed or cancelled job to the queue, to be resumed after its last epoch.</summary>
    public TrainingJob? Resume() => Status is TrainingJobStatus.Failed or TrainingJobStatus.Cancelled
        ? this with { Status = TrainingJobStatus.Queued, FinishedAt = null, Error = null, UnfinishedAttempts = 0 }
        : null;

    /// <summary>Returns the job with one more event in its log.</summary>
    public TrainingJob WithNextSequence() => this with { LastSequence = LastSequence + 1 };

    /// <summary>Returns the job as an event describes it.</summary>
    public TrainingJob As(StoredJobState state) => this with
    {
        Status = state.Status,
        StartedAt = state.StartedAt,
        FinishedAt = state.FinishedAt,
        EstimatedFinishAt = null,
        Attempt = state.Attempt,
        Attempts = Attempts.UpTo(state.Attempt),
        Progress = state.Progress?.ToProgress(),
        TestAccuracy = state.TestAccuracy,
        ModelId = state.ModelId,
        Error = state.Error?.ToError(),
    };

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
