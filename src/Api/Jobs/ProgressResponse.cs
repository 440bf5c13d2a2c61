using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>Training progress by batch.</summary>
/// <param name="Epoch" example="1">The current epoch, from 1.</param>
/// <param name="Epochs" example="13">The number of epochs without early stopping.</param>
/// <param name="Batch" example="275">The number of completed batches in the current epoch.</param>
/// <param name="Batches" example="550">The number of batches per epoch.</param>
/// <param name="ImagesPerSecond" example="1937">Training images per second in the current epoch.</param>
internal sealed record ProgressResponse(int Epoch, int Epochs, int Batch, int Batches, double ImagesPerSecond)
{
    public static ProgressResponse From(TrainingProgress progress) =>
        new(progress.Epoch, progress.Epochs, progress.Batch, progress.Batches, progress.ImagesPerSecond);
}
