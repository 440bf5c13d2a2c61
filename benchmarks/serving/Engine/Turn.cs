using System.Diagnostics;
using RnnService.Benchmarks.Engine.Contestants;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Engine;

/// <summary>What one contestant did with batches of one size while it was its turn.</summary>
/// <param name="ImagesPerSecond">Images, by the time of all calls.</param>
/// <param name="Microseconds">Of each call, sorted.</param>
internal sealed record Turn(double ImagesPerSecond, double[] Microseconds)
{
    /// <summary>Has it classify the images, a batch after the other, until the time is up.</summary>
    public static Turn Of(IContestant contestant, IReadOnlyList<DigitImage[]> batches, TimeSpan length)
    {
        List<double> calls = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < length)
        {
            DigitImage[] batch = batches[calls.Count % batches.Count];
            long before = Stopwatch.GetTimestamp();
            contestant.Classify(batch);
            calls.Add(Stopwatch.GetElapsedTime(before).TotalMicroseconds);
        }

        return new Turn(calls.Count * batches[0].Length / (calls.Sum() / 1e6), [.. calls.Order()]);
    }

    /// <summary>The call that the given share was not slower than.</summary>
    public double Quantile(double share) => Microseconds[(int)(share * (Microseconds.Length - 1))];
}
