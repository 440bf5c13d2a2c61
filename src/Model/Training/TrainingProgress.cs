namespace RnnService.Model.Training;

/// <summary>The progress of training.</summary>
/// <param name="Epoch">The current epoch, from 1.</param>
/// <param name="Epochs">Total number of epochs.</param>
/// <param name="Batch">Number of completed batches of the current epoch.</param>
/// <param name="Batches">Number of batches in an epoch.</param>
/// <param name="ImagesPerSecond">Training images per second, averaged over the current epoch so far.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, double ImagesPerSecond);
