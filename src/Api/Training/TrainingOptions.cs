using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Training;

/// <summary>Settings under <c>Training</c>.</summary>
internal sealed class TrainingOptions
{
    public const string Section = "Training";

    private const string RangeError = Section + ":{0} must be from {1} to {2}.";

    /// <summary>The maximum number of queued jobs. 1 to 100,000; 1,000 by default.</summary>
    [Range(1, 100_000, ErrorMessage = RangeError)]
    public int QueueLimit { get; init; } = 1000;

    /// <summary>
    /// The least time between two checkpoints of a job, up to one hour. Epochs that end sooner are stored without one, and trained again if the worker dies. By default 0 with the embedded database, and 5 seconds
    /// with PostgreSQL.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = RangeError)]
    public TimeSpan? CheckpointInterval { get; init; }
}
