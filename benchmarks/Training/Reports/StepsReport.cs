using RnnService.Benchmarks.Training.CommandLine;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>
/// Images per second in each epoch of the article's settings, to detect training that slows down as the loss falls because gradients become denormal numbers.
/// </summary>
internal static class StepsReport
{
    public static void Print(Options options)
    {
        TrainingSettings settings = options.Shorten(TrainingPresets.For(TrainingPreset.Article));
        options.ThrowIfAnyUnused();
        Console.WriteLine(Machine.Describe());
        DatasetSplit data = Mnist.Load();
        WarmUp.Trainer(settings, data);

        using Trainer trainer = new(settings, data);
        List<EpochResult> epochs = [];
        foreach (EpochResult epoch in trainer.Train())
        {
            epochs.Add(epoch);
            Console.Error.WriteLine($"epoch {epoch.Epoch} of {settings.Epochs}: {epoch.ImagesPerSecond:F0} images/s");
        }

        MarkdownTable table = new("epoch", "loss", "images/s", "of the first epoch's");
        foreach (EpochResult epoch in epochs)
        {
            table.Add($"{epoch.Epoch}", $"{epoch.Loss:F4}", $"{epoch.ImagesPerSecond:F0}", $"{epoch.ImagesPerSecond / epochs[0].ImagesPerSecond:F2}");
        }

        table.Print();
    }
}
