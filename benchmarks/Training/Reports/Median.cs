namespace RnnService.Benchmarks.Training.Reports;

/// <summary>The median of measurements, which is robust against outliers.</summary>
internal static class Median
{
    /// <summary>Returns the middle value, or the mean of the two middle values.</summary>
    /// <param name="values">At least one value.</param>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
