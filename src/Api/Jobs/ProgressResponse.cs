using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>Where a training is, to the batch.</summary>
/// <param name="Epoch" example="1">The epoch under way, from 1.</param>
/// <param name="Epochs" example="13">How many there will be, if patience does not end the training earlier.</param>
/// <param name="Batch" example="275">Batches of this epoch that are done.</param>
/// <param name="Batches" example="550">How many an epoch has.</param>
/// <param name="ImagesPerSecond" example="1937">Training images a second, over this epoch so far.</param>
internal sealed record ProgressResponse(int Epoch, int Epochs, int Batch, int Batches, double ImagesPerSecond)
{
    public static ProgressResponse From(TrainingProgress progress) =>
        new(progress.Epoch, progress.Epochs, progress.Batch, progress.Batches, progress.ImagesPerSecond);
}
