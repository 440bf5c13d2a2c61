using RnnService.Benchmarks.Training.Contestants;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>Loads libtorch and triggers JIT compilation, so that neither counts in the first measurement.</summary>
internal static class WarmUp
{
    private const int Batches = 5;

    /// <summary>Trains a few batches with the <see cref="Trainer"/>.</summary>
    public static TrainingRun Trainer(TrainingSettings settings, DatasetSplit data) => TrainingRun.WithTrainer(Few(settings), data);

    /// <summary>Trains a few batches with stock TorchSharp.</summary>
    public static TrainingRun Stock(TrainingSettings settings, DatasetSplit data) => TrainingRun.WithStock(Few(settings), data);

    private static TrainingSettings Few(TrainingSettings settings) => settings with { Epochs = 1, TrainingImages = Batches * settings.BatchSize };
}
