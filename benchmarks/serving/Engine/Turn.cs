using System.Diagnostics;
using RnnService.Benchmarks.Engine.Contestants;
using RnnService.Model.Images;

namespace RnnService.Benchmarks.Engine;

/// <summary>The measurements of one contestant at one batch size in one round.</summary>
/// <param name="ImagesPerSecond">Images divided by the total time of all calls.</param>
/// <param name="Microseconds">The duration of each call, sorted.</param>
internal sealed record Turn(double ImagesPerSecond, double[] Microseconds)
{
    /// <summary>Classifies batch after batch for a given time.</summary>
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

    /// <summary>A quantile of the call durations.</summary>
    public double Quantile(double quantile) => Microseconds[(int)(quantile * (Microseconds.Length - 1))];
}
