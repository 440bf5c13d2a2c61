using RnnService.Benchmarks.Engine.Contestants;
using RnnService.Benchmarks.Training;
using RnnService.Benchmarks.Training.Reports;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Networks;
using RnnService.Model.Onnx;

namespace RnnService.Benchmarks.Engine;

/// <summary>Latency and images per second by batch size. The contestants take turns; the first round is a warm-up and is discarded.</summary>
internal static class EngineReport
{
    private const int HiddenSize = 256;
    private const int ImageCount = 1024;
    private static readonly int[] BatchSizes = [1, 8, 32, 128];

    public static void Print(int rounds, TimeSpan turn)
    {
        Console.WriteLine(Machine.Describe());
        NetworkSettings settings = new(NetworkType.Lstm, HiddenSize);
        NetworkFile network = Network(settings);
        byte[] onnx = OnnxModelWriter.Write(network);
        using IContestant ours = new OurClassifier(network);
        using IContestant defaults = new OnnxRuntimeSession(onnx, null);
        using IContestant one = new OnnxRuntimeSession(onnx, 1);
        using IContestant two = new OnnxRuntimeSession(onnx, 2);
        IContestant[] contestants = [ours, defaults, one, two];

        DigitImage[] images = Images();
        Console.WriteLine(
            $"LSTM of {HiddenSize} units, {images.Length} test images, {rounds} rounds of {turn.TotalSeconds:0.0} s each; "
            + $"the probabilities differ by at most {Agreement.Check(contestants, images):0.0e0}.\n");
        MarkdownTable speeds = new("batch", "", "images/s", "lowest to highest", "call p50, µs", "call p99, µs");
        MarkdownTable ratios = new("batch", "ours / ONNX Runtime at its best", "lowest to highest");
        foreach (int size in BatchSizes)
        {
            Turn[][] measured = Measure(contestants, [.. images.Chunk(size)], rounds, turn);
            AddSpeeds(speeds, size, contestants, measured);
            AddRatio(ratios, size, measured);
        }

        speeds.Print();
        ratios.Print();
    }

    /// <summary>Returns the turns of each round, without the warm-up.</summary>
    private static Turn[][] Measure(IContestant[] contestants, DigitImage[][] batches, int rounds, TimeSpan turn)
    {
        Turn[][] measured = [.. Enumerable.Range(0, rounds + 1).Select(_ => Array.ConvertAll(contestants, contestant => Turn.Of(contestant, batches, turn)))];
        return measured[1..];
    }

    private static void AddSpeeds(MarkdownTable table, int size, IContestant[] contestants, Turn[][] rounds)
    {
        foreach ((int i, IContestant contestant) in contestants.Index())
        {
            Turn[] turns = Array.ConvertAll(rounds, round => round[i]);
            IEnumerable<double> speeds = turns.Select(turn => turn.ImagesPerSecond);
            table.Add(
                $"{size}",
                contestant.Name,
                $"{Median.Of(speeds):F0}",
                $"{speeds.Min():F0} to {speeds.Max():F0}",
                $"{Median.Of(turns.Select(turn => turn.Quantile(0.5))):F0}",
                $"{Median.Of(turns.Select(turn => turn.Quantile(0.99))):F0}");
        }
    }

    /// <summary>Compares ours with the fastest ONNX Runtime session of the same round.</summary>
    private static void AddRatio(MarkdownTable table, int size, Turn[][] rounds)
    {
        double[] ratios = Array.ConvertAll(rounds, round => round[0].ImagesPerSecond / round[1..].Max(other => other.ImagesPerSecond));
        table.Add($"{size}", $"{Median.Of(ratios):F2}", $"{ratios.Min():F2} to {ratios.Max():F2}");
    }

    private static NetworkFile Network(NetworkSettings settings)
    {
        using DigitNetwork network = DigitNetwork.Create(settings, seed: 1);
        return NetworkFile.Parse(network.ToSafeTensors());
    }

    private static DigitImage[] Images()
    {
        DigitDataset test = Mnist.Load().Test;
        return [.. Enumerable.Range(0, ImageCount).Select(i => new DigitImage(test.Pixels(i)))];
    }
}
