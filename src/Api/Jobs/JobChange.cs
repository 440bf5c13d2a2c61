using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>A transition of a job together with everything that is committed with it, in one transaction.</summary>
/// <param name="Transition">Returns the job after the transition, given the job and the current time of the database; null if the transition is not allowed.</param>
internal sealed record JobChange(Func<TrainingJob, DateTime, TrainingJob?> Transition)
{
    /// <summary>Whether the change is allowed only if no worker has an unexpired lease on the job.</summary>
    public bool RequiresNoLease { get; init; }

    /// <summary>Creates the event to log, given the job after the transition; null for none. The terminal event is logged automatically.</summary>
    public Func<TrainingJob, NewJobEvent>? Event { get; init; }

    /// <summary>Further writes of the same transaction.</summary>
    public Func<ServiceDbContext, Task>? InTransaction { get; init; }

    /// <summary>Whether an earlier repetition made the change, although its outcome was unknown: subscribers are notified all the same.</summary>
    public Func<TrainingJob, bool>? IsDone { get; init; }

    /// <summary>Runs after the commit, before subscribers are notified.</summary>
    public Func<Task>? AfterCommit { get; init; }
}
