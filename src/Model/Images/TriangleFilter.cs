namespace RnnService.Model.Images;

/// <summary>
/// Resamples one dimension with a triangle filter: each target pixel is a weighted mean of the source pixels around it. The triangle is two target pixels wide, or two
/// source pixels when scaling up. At scale 1, the result equals the source.
/// </summary>
/// <param name="first">The first source pixel.</param>
/// <param name="count">Number of source pixels.</param>
/// <param name="targetCount">Number of target pixels.</param>
internal readonly struct TriangleFilter(int first, int count, int targetCount)
{
    private readonly double scale = (double)count / targetCount;

    /// <summary>Computes one target pixel of a row.</summary>
    public double Resample(int index, ReadOnlySpan<double> row)
    {
        double sum = 0, weights = 0;
        (double center, double radius, int from, int to) = Window(index);
        for (int source = from; source < to; source++)
        {
            double weight = Weight(source, center, radius);
            (sum, weights) = (sum + (weight * row[source]), weights + weight);
        }

        return sum / weights;
    }

    /// <summary>Computes one target row of an image.</summary>
    public void ResampleRow(int index, ReadOnlySpan<byte> image, int width, Span<double> row)
    {
        row.Clear();
        double weights = 0;
        (double center, double radius, int from, int to) = Window(index);
        for (int source = from; source < to; source++)
        {
            double weight = Weight(source, center, radius);
            weights += weight;
            ReadOnlySpan<byte> pixels = image.Slice(source * width, width);
            for (int x = 0; x < width; x++)
            {
                row[x] += weight * pixels[x];
            }
        }

        foreach (ref double value in row)
        {
            value /= weights;
        }
    }

    /// <summary>The center of a target pixel in source coordinates, the radius of its filter, and the source pixels inside.</summary>
    private (double Center, double Radius, int From, int To) Window(int index)
    {
        double center = first + ((index + 0.5) * scale);
        double radius = Math.Max(1, scale);
        return (center, radius, Math.Max(first, (int)Math.Floor(center - radius)), Math.Min(first + count, (int)Math.Ceiling(center + radius)));
    }

    private static double Weight(int source, double center, double radius) => Math.Max(0, 1 - (Math.Abs(source + 0.5 - center) / radius));
}
