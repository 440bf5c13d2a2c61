using Microsoft.Extensions.Options;
using RnnService.Api.Storage;

namespace RnnService.Api.Training;

/// <summary>Decides after which epochs a checkpoint is stored.</summary>
internal sealed class CheckpointSchedule(IOptions<TrainingOptions> options, IServiceDatabase database, TimeProvider time)
{
    private readonly TimeSpan interval = options.Value.CheckpointInterval ?? database.DefaultCheckpointInterval;

    /// <summary>Returns the time of a checkpoint that is stored now.</summary>
    public long Now() => time.GetTimestamp();

    /// <summary>Whether the next checkpoint is due.</summary>
    /// <param name="last">The time of the last one in this attempt; null if there is none.</param>
    public bool IsDue(long? last) => last is not long stored || time.GetElapsedTime(stored) >= interval;
}
