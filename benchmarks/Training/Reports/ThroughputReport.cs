using System.Diagnostics;
using RnnService.Benchmarks.Training.CommandLine;
using RnnService.Benchmarks.Training.Contestants;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Reports;

/// <summary>
/// Training images per second, from forward pass to optimizer step: the <see cref="Trainer"/>, stock TorchSharp, and libtorch's matrix products
/// alone. The measurements are interleaved; the first round is a warm-up and is discarded.
/// </summary>
internal static class ThroughputReport
{
    private sealed record Round(double Ours, double Stock, double Products, IReadOnlyList<double> ProductSeconds);

    public static void Print(Options options)
    {
        int rounds = options.Count("rounds", 5);
        int batches = options.Count("batches", 60);
        NetworkType network = options.Choice("network", NetworkType.Lstm);
        options.ThrowIfAnyUnused();
        if (network == NetworkType.Fnn)
        {
            throw new UsageException("--network must be lstm, gru, or rnn.");
        }

        Console.WriteLine(Machine.Describe());
        TorchThreads threads = new();
        TrainingSettings article = TrainingPresets.For(TrainingPreset.Article);
        DatasetSplit mnist = Mnist.Load();
        int images = Math.Min(batches * article.BatchSize, mnist.Training.Count);
        TrainingSettings settings = article with { Network = network, Epochs = rounds + 1, TrainingImages = images };

        // The measured time of an epoch includes validation, so keep that to one image.
        using Trainer trainer = new(settings, mnist with { Validation = mnist.Validation.Slice(0, 1) });
        using IEnumerator<EpochResult> epochs = trainer.Train().GetEnumerator();
        using StockTraining stock = new(settings, mnist);
        using TrainingStepProducts products = new(settings);
        List<Round> measured = [];
        for (int round = 0; round <= rounds; round++)
        {
            double ours = Seconds(() => epochs.MoveNext());
            double theirs = threads.Run(() => Seconds(() => stock.TrainEpoch()));
            IReadOnlyList<double> productSeconds = threads.Run(() => products.Measure(images / settings.BatchSize));
            measured.Add(new Round(images / ours, images / theirs, images / productSeconds.Sum(), productSeconds));
            Console.Error.WriteLine($"round {round} of {rounds}: {measured[^1].Ours:F0}, {measured[^1].Stock:F0}, {measured[^1].Products:F0} images/s");
        }

        Print(measured[1..], products, network, images / settings.BatchSize, threads.Count);
    }

    private static void Print(IReadOnlyList<Round> rounds, TrainingStepProducts products, NetworkType network, int batches, int threads)
    {
        Console.WriteLine(
            $"{network}, {products.FlopPerImage / 1e6:F2} MFLOP per image in matrix products, {threads} libtorch threads, "
            + $"{rounds.Count} rounds of {batches} batches of {products.BatchSize}; medians:\n");
        MarkdownTable speeds = new("", "images/s", "lowest to highest", "GFLOP/s");
        AddSpeed("our Trainer", rounds.Select(round => round.Ours));
        AddSpeed($"stock TorchSharp, nn.{network.ToString().ToUpperInvariant()}", rounds.Select(round => round.Stock));
        AddSpeed("libtorch's matrix products alone", rounds.Select(round => round.Products));
        speeds.Print();

        MarkdownTable ratios = new("ratio within a round", "median", "lowest to highest");
        AddRatio("ours / stock", rounds.Select(round => round.Ours / round.Stock));
        AddRatio("ours / products", rounds.Select(round => round.Ours / round.Products));
        AddRatio("stock / products", rounds.Select(round => round.Stock / round.Products));
        ratios.Print();

        MarkdownTable shapes = new("product", "shape", "times a batch", "GFLOP/s");
        foreach ((int i, (string name, int times, MatrixProduct product)) in products.Products.Index())
        {
            double seconds = Median.Of(rounds.Select(round => round.ProductSeconds[i]));
            shapes.Add(name, $"{product.Rows}×{product.Inner} · {product.Inner}×{product.Columns}", $"{times}", $"{times * batches * product.Flop / seconds / 1e9:F0}");
        }

        shapes.Print();

        void AddSpeed(string name, IEnumerable<double> speed) => speeds.Add(
            name, $"{Median.Of(speed):F0}", $"{speed.Min():F0} to {speed.Max():F0}", $"{Median.Of(speed) * products.FlopPerImage / 1e9:F0}");
        void AddRatio(string name, IEnumerable<double> ratio) => ratios.Add(name, $"{Median.Of(ratio):F2}", $"{ratio.Min():F2} to {ratio.Max():F2}");
    }

    private static double Seconds<T>(Func<T> action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
