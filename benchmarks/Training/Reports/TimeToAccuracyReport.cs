using RnnService.Benchmarks.Training.CommandLine;
using RnnService.Benchmarks.Training.Contestants;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>Training time and final accuracy of the <c>fast</c> preset, compared with the article's settings and stock TorchSharp. The runs are interleaved.</summary>
internal static class TimeToAccuracyReport
{
    private const string Fast = "`fast`, our Trainer";
    private const string Stock = "the article's settings, stock nn.LSTM";

    public static void Print(Options options)
    {
        IReadOnlyList<int> seeds = options.Seeds("seeds", 1, 2, 3, 4, 5);
        IReadOnlyList<int> stockSeeds = options.Seeds("stock-seeds", 1);
        TrainingSettings fast = options.Shorten(TrainingPresets.For(TrainingPreset.Fast));
        TrainingSettings article = options.Shorten(TrainingPresets.For(TrainingPreset.Article));
        options.ThrowIfAnyUnused();

        TorchThreads threads = new();
        Console.WriteLine(Machine.Describe());
        DatasetSplit data = Mnist.Load();
        WarmUp.Trainer(fast, data);
        threads.Run(() => WarmUp.Stock(article, data));

        IEnumerable<(double Place, bool IsFast, int Seed)> turns = [.. Turns(seeds, isFast: true), .. Turns(stockSeeds, isFast: false)];
        List<TrainingRun> fastRuns = [];
        List<TrainingRun> stockRuns = [];
        MarkdownTable runs = new("run", "seed", "epochs", "seconds", "seconds without validation", "test accuracy, %");
        foreach ((_, bool isFast, int seed) in turns.OrderBy(turn => turn.Place))
        {
            TrainingRun run = isFast
                ? TrainingRun.WithTrainer(fast with { Seed = seed }, data)
                : threads.Run(() => TrainingRun.WithStock(article with { Seed = seed }, data));
            (isFast ? fastRuns : stockRuns).Add(run);
            runs.Add(isFast ? Fast : Stock, $"{seed}", $"{run.Epochs}", $"{run.WallSeconds:F1}", $"{run.TrainingSeconds:F1}", $"{100 * run.TestAccuracy:F2}");
        }

        runs.Print();
        PrintSummary(fastRuns, stockRuns);
    }

    /// <summary>Spreads runs evenly from 0 to 1, so that the runs of both contestants are interleaved.</summary>
    private static IEnumerable<(double Place, bool IsFast, int Seed)> Turns(IReadOnlyList<int> seeds, bool isFast) =>
        seeds.Select((seed, i) => ((i + 0.5) / seeds.Count, isFast, seed));

    private static void PrintSummary(List<TrainingRun> fast, List<TrainingRun> stock)
    {
        double fastSeconds = Median.Of(fast.Select(run => run.WallSeconds));
        double fastTraining = Median.Of(fast.Select(run => run.TrainingSeconds));
        double stockSeconds = Median.Of(stock.Select(run => run.WallSeconds));

        MarkdownTable summary = new("", "runs", "median seconds", "median seconds without validation", "mean test accuracy, %", "lowest, %");
        summary.Add(Fast, $"{fast.Count}", $"{fastSeconds:F1}", $"{fastTraining:F1}", $"{100 * fast.Average(run => run.TestAccuracy):F2}", $"{100 * fast.Min(run => run.TestAccuracy):F2}");
        summary.Add(Stock, $"{stock.Count}", $"{stockSeconds:F1}", $"{stockSeconds:F1}", $"{100 * stock.Average(run => run.TestAccuracy):F2}", $"{100 * stock.Min(run => run.TestAccuracy):F2}");
        summary.Add("stock / `fast`", "", $"{stockSeconds / fastSeconds:F1}", $"{stockSeconds / fastTraining:F1}", "", "");
        summary.Print();
    }
}
