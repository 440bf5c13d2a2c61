using RnnService.Benchmarks.Training.CommandLine;
using RnnService.Benchmarks.Training.Contestants;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>The article's settings with each type of network. The runs are interleaved.</summary>
internal static class NetworksReport
{
    public static void Print(Options options)
    {
        IReadOnlyList<int> seeds = options.Seeds("seeds", 1, 2, 3);
        IReadOnlyList<NetworkType> networks = options.Choices<NetworkType>("only");
        TrainingSettings settings = options.Shorten(TrainingPresets.For(TrainingPreset.Article));
        options.ThrowIfAnyUnused();

        Console.WriteLine(Machine.Describe());
        DatasetSplit data = Mnist.Load();
        foreach (NetworkType network in networks)
        {
            WarmUp.Trainer(settings with { Network = network }, data);
        }

        ILookup<NetworkType, TrainingRun> runs = seeds
            .SelectMany(seed => networks.Select(network => (network, TrainingRun.WithTrainer(settings with { Network = network, Seed = seed }, data))))
            .ToLookup(run => run.network, run => run.Item2);

        AccuracyTable table = new("network", seeds);
        foreach (NetworkType network in networks)
        {
            table.Add(network.ToString().ToUpperInvariant(), [.. runs[network]]);
        }

        table.Print();
    }
}
