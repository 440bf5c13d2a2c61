namespace RnnService.Model.Training;

/// <summary>Where a training is.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Batch">Batches of this epoch that are done.</param>
/// <param name="Batches">How many an epoch has.</param>
/// <param name="ImagesPerSecond">Training images a second, over this epoch so far.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, double ImagesPerSecond);
