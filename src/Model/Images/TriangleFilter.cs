namespace RnnService.Model.Images;

/// <summary>
/// Scales one dimension: each new pixel is a mean of those it covers, weighted by a triangle that is two new pixels wide, or two old ones where those are larger.
/// At the same size nothing changes.
/// </summary>
/// <param name="first">The first old pixel.</param>
/// <param name="count">How many old pixels there are.</param>
/// <param name="newCount">How many new ones there are to be.</param>
internal readonly struct TriangleFilter(int first, int count, int newCount)
{
    private readonly double scale = (double)count / newCount;

    /// <summary>One new pixel of a row.</summary>
    public double Mix(int place, ReadOnlySpan<double> row)
    {
        double sum = 0, weights = 0;
        (double centre, double reach, int from, int to) = Reach(place);
        for (int old = from; old < to; old++)
        {
            double weight = Weight(old, centre, reach);
            (sum, weights) = (sum + (weight * row[old]), weights + weight);
        }

        return sum / weights;
    }

    /// <summary>One new row of a picture.</summary>
    public void Mix(int place, ReadOnlySpan<byte> picture, int width, Span<double> row)
    {
        row.Clear();
        double weights = 0;
        (double centre, double reach, int from, int to) = Reach(place);
        for (int old = from; old < to; old++)
        {
            double weight = Weight(old, centre, reach);
            weights += weight;
            ReadOnlySpan<byte> source = picture.Slice(old * width, width);
            for (int x = 0; x < width; x++)
            {
                row[x] += weight * source[x];
            }
        }

        foreach (ref double value in row)
        {
            value /= weights;
        }
    }

    /// <summary>Where a new pixel's middle is among the old ones, how far it sees, and which ones it sees.</summary>
    private (double Centre, double Reach, int From, int To) Reach(int place)
    {
        double centre = first + ((place + 0.5) * scale);
        double reach = Math.Max(1, scale);
        return (centre, reach, Math.Max(first, (int)Math.Floor(centre - reach)), Math.Min(first + count, (int)Math.Ceiling(centre + reach)));
    }

    private static double Weight(int old, double centre, double reach) => Math.Max(0, 1 - (Math.Abs(old + 0.5 - centre) / reach));
}
