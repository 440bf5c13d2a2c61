using RnnService.Benchmarks.Training.CommandLine;
using RnnService.Benchmarks.Training.Contestants;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>Accuracy and time of a preset with several seeds.</summary>
internal static class PresetReport
{
    public static void Print(string name, Options options)
    {
        TrainingPreset preset = Options.Named<TrainingPreset>(name);
        IReadOnlyList<int> seeds = options.Seeds("seeds", 1, 2, 3);
        TrainingSettings settings = options.Shorten(TrainingPresets.For(preset));
        options.ThrowIfAnyUnused();

        Console.WriteLine(Machine.Describe());
        DatasetSplit data = Mnist.Load();
        WarmUp.Trainer(settings, data);
        AccuracyTable table = new("preset", seeds);
        table.Add($"`{preset.ToString().ToLowerInvariant()}`", [.. seeds.Select(seed => TrainingRun.WithTrainer(settings with { Seed = seed }, data))]);
        table.Print();
    }
}
