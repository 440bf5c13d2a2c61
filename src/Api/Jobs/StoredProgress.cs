using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>The progress of a job.</summary>
internal sealed record StoredProgress(int Epoch, int Epochs, int Batch, int Batches, double ImagesPerSecond, int Version = 1) : IStoredValue
{
    public static int LatestVersion => 1;

    public static StoredProgress From(TrainingProgress progress) =>
        new(progress.Epoch, progress.Epochs, progress.Batch, progress.Batches, progress.ImagesPerSecond);

    public TrainingProgress ToProgress() => new(Epoch, Epochs, Batch, Batches, ImagesPerSecond);
}
