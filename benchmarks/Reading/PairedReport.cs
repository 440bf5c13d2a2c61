using RnnService.Benchmarks.Reading.Sets;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Inference;

namespace RnnService.Benchmarks.Reading;

/// <summary>Compares two trainings, each with several seeds, on the same MNIST images.</summary>
internal static class PairedReport
{
    // 95% of a normal distribution are within this many standard deviations.
    private const double Deviations = 1.96;

    public static void Print(DatasetSplit mnist, ReadingOptions options)
    {
        DigitDataset digits = options.Test ? mnist.Test : mnist.Validation;
        List<bool[]> all = [], allBefore = [];
        Console.WriteLine("| seed | accuracy, % | before, % | only this one correct | only before | p (McNemar) |\n|---|---|---|---|---|---|");
        foreach (int seed in options.Seeds)
        {
            bool[] correct = Correct($"{options.Weights}-{seed}", digits), before = Correct($"{options.Before}-{seed}", digits);
            all.Add(correct);
            allBefore.Add(before);
            int gained = correct.Zip(before).Count(image => image.First && !image.Second), lost = correct.Zip(before).Count(image => !image.First && image.Second);
            Console.WriteLine($"| {seed} | {Percent(correct)} | {Percent(before)} | {gained} | {lost} | {McNemar(gained, lost):G2} |");
        }

        Console.WriteLine($"\nMean of all seeds: {Interval(all)}; before: {Interval(allBefore)}.");
    }

    private static bool[] Correct(string weights, DigitDataset digits)
    {
        using CompiledNetwork network = new(NetworkFile.Parse(File.ReadAllBytes(weights)));
        return [.. new ImageScores(network, LabeledImage.Of(digits)).Correct];
    }

    private static string Percent(bool[] correct) => $"{100.0 * correct.Count(isCorrect => isCorrect) / correct.Length:F2}";

    /// <summary>The mean accuracy, and its 95% interval for other images of the same kind.</summary>
    private static string Interval(List<bool[]> seeds)
    {
        double[] images = [.. Enumerable.Range(0, seeds[0].Length).Select(i => seeds.Average(correct => correct[i] ? 100.0 : 0))];
        double mean = images.Average();
        double error = Deviations * Math.Sqrt(images.Average(image => (image - mean) * (image - mean)) / images.Length);
        return $"{mean:F2}% (95% interval {mean - error:F2} to {mean + error:F2})";
    }

    /// <summary>
    /// The probability of a difference at least as large if both were equally accurate: the exact test of the images on which only one is correct. Source: McNemar, "Note on the sampling
    /// error of the difference between correlated proportions or percentages", 1947.
    /// </summary>
    private static double McNemar(int gained, int lost)
    {
        int count = gained + lost;
        double term = Math.Pow(2, -count), sum = 0;
        for (int i = 0; i <= Math.Min(gained, lost); i++)
        {
            sum += term;
            term *= (double)(count - i) / (i + 1);
        }

        return Math.Min(1, 2 * sum);
    }
}
