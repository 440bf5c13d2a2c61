using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// A worker's lease on a job, and the progress at its last renewal. The row is small and has no index besides its key, because it is updated every second: PostgreSQL then updates it in place.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="Attempt">The attempt of the worker.</param>
/// <param name="Until">When the lease expires, by the clock of the database.</param>
internal sealed record LeaseTerm(Guid JobId, int Attempt, DateTime Until)
{
    /// <summary>How long a lease lasts, in seconds. If it is not renewed in time, another worker can claim the job.</summary>
    public const int Seconds = 8;

    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(Seconds);

    public int Epoch { get; private init; }

    public int Epochs { get; private init; }

    public int Batch { get; private init; }

    /// <summary>0 until the training has begun.</summary>
    public int Batches { get; private init; }

    public double ImagesPerSecond { get; private init; }

    /// <summary>The progress; null until the training has begun.</summary>
    public TrainingProgress? ToProgress() => Batches == 0 ? null : new TrainingProgress(Epoch, Epochs, Batch, Batches, ImagesPerSecond);
}
