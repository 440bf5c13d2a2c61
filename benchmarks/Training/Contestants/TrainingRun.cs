using System.Diagnostics;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>The result of a complete training run.</summary>
/// <param name="Seed">The random seed.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="WallSeconds">Wall time from before weight initialization to the end of the last epoch, including validation.</param>
/// <param name="TrainingSeconds">The sum of the epoch times, without validation.</param>
/// <param name="TestAccuracy">The accuracy on the test images after the last epoch, from 0 to 1.</param>
/// <param name="Parameters">The number of parameters.</param>
internal sealed record TrainingRun(int Seed, int Epochs, double WallSeconds, double TrainingSeconds, double TestAccuracy, long Parameters)
{
    /// <summary>Trains with the <see cref="Trainer"/> and logs each epoch to standard error.</summary>
    public static TrainingRun WithTrainer(TrainingSettings settings, DatasetSplit data)
    {
        Stopwatch wall = Stopwatch.StartNew();
        using Trainer trainer = new(settings, data);
        int epochs = 0;
        double trainingSeconds = 0;
        foreach (EpochResult epoch in trainer.Train())
        {
            epochs = epoch.Epoch;
            trainingSeconds += epoch.Seconds;
            Console.Error.WriteLine(
                $"{settings.Preset} {settings.Network} seed {settings.Seed} epoch {epoch.Epoch} of {settings.Epochs}: loss {epoch.Loss:F4}, "
                + $"validation {epoch.ValidationAccuracy:P2}, {epoch.Seconds:F1} s, {epoch.ImagesPerSecond:F0} images/s");
        }

        double wallSeconds = wall.Elapsed.TotalSeconds;
        return new TrainingRun(settings.Seed, epochs, wallSeconds, trainingSeconds, trainer.Test().Accuracy, trainer.Network.ParameterCount);
    }

    /// <summary>Trains with stock TorchSharp, without validation, and logs each epoch to standard error.</summary>
    public static TrainingRun WithStock(TrainingSettings settings, DatasetSplit data)
    {
        Stopwatch wall = Stopwatch.StartNew();
        using StockTraining training = new(settings, data);
        for (int epoch = 1; epoch <= settings.Epochs; epoch++)
        {
            double loss = training.TrainEpoch();
            Console.Error.WriteLine($"Stock {settings.Network} seed {settings.Seed} epoch {epoch} of {settings.Epochs}: sum of losses {loss:F2}, {wall.Elapsed.TotalSeconds:F1} s so far");
        }

        double seconds = wall.Elapsed.TotalSeconds;
        return new TrainingRun(settings.Seed, settings.Epochs, seconds, seconds, training.Accuracy(data.Test), training.ParameterCount);
    }
}
