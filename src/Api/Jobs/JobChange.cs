using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>One step of a job and all that goes with it: everything is kept together or not at all.</summary>
/// <param name="Step">The job after the step, given the job and the time now; null when it may not be taken.</param>
internal sealed record JobChange(Func<TrainingJob, DateTime, TrainingJob?> Step)
{
    /// <summary>What the log says about it; null for nothing. A job's end is logged without being asked for.</summary>
    public JobEventBody? Event { get; init; }

    /// <summary>What else is written in the same transaction.</summary>
    public Func<ServiceDbContext, Task>? Alongside { get; init; }

    /// <summary>What must be done once it is kept, before anybody hears of it.</summary>
    public Func<Task>? Afterwards { get; init; }
}
