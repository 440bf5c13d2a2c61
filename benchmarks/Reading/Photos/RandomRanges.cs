namespace RnnService.Benchmarks.Reading.Photos;

internal static class RandomRanges
{
    public static double Between(this Random random, double min, double max) => min + (random.NextDouble() * (max - min));

    /// <summary>A number between two positive bounds whose logarithm is uniform.</summary>
    public static double BetweenLogarithmic(this Random random, double min, double max) => min * Math.Pow(max / min, random.NextDouble());

    /// <summary>A normally distributed number with mean 0 and deviation 1 (Box and Muller).</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
