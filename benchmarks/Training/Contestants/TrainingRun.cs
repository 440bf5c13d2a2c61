using System.Diagnostics;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>What a whole training took and gave.</summary>
/// <param name="Seed">What everything random was drawn from.</param>
/// <param name="Epochs">How many there were.</param>
/// <param name="WallSeconds">From before the first weights are drawn to after the last epoch, with all validation.</param>
/// <param name="TrainingSeconds">The sum of what the epochs themselves report, which leaves validation out.</param>
/// <param name="TestAccuracy">Share of the test images that are told right, 0 to 1, measured once, after the last epoch.</param>
/// <param name="Parameters">How many numbers were learned.</param>
internal sealed record TrainingRun(int Seed, int Epochs, double WallSeconds, double TrainingSeconds, double TestAccuracy, long Parameters)
{
    /// <summary>Trains with the <see cref="Trainer"/>, and tells each epoch on standard error.</summary>
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

    /// <summary>Trains with stock TorchSharp, which validates nothing, and tells each epoch on standard error.</summary>
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
