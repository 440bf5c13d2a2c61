using System.Runtime.InteropServices;

namespace RnnService.Model.Images;

/// <summary>Counts the points on each line of a range of slopes.</summary>
internal readonly ref struct HoughTransform
{
    private readonly int length, breadth, slopes, bins, bin;
    private readonly double maxSlope;
    private readonly Span<ushort> votes;

    /// <param name="length">Pixels along the lines.</param>
    /// <param name="breadth">Pixels across.</param>
    /// <param name="maxSlope">The steepest slope.</param>
    /// <param name="bin">The width of a line in pixels.</param>
    /// <param name="planes">Memory.</param>
    public HoughTransform(int length, int breadth, double maxSlope, int bin, PooledPlanes planes)
    {
        (this.length, this.breadth, this.maxSlope, this.bin) = (length, breadth, maxSlope, bin);
        slopes = Math.Max(3, (int)(maxSlope * length / bin) | 1);
        bins = (int)((breadth + (maxSlope * length)) / bin) + 2;
        votes = MemoryMarshal.Cast<byte, ushort>(planes.Rent(slopes * bins * sizeof(ushort)));
        votes.Clear();
    }

    /// <summary>Votes for all lines through a point.</summary>
    public void Add(LinePoint point)
    {
        double lever = point.Along - (length / 2.0);
        double level = (point.Across + (maxSlope * length / 2)) / bin, perSlope = (Slope(0) - Slope(1)) * lever / bin;
        for (int slope = 0; slope < slopes; slope++)
        {
            votes[(slope * bins) + (int)(level + ((slope - (slopes / 2)) * perSlope))]++;
        }
    }

    /// <summary>The lines with votes in a share of the columns in which they are inside the image, those with the most votes first.</summary>
    /// <param name="minShare">The share.</param>
    /// <param name="minVisible">The least share of the length that a line is inside the image.</param>
    /// <param name="step">The distance between columns that vote.</param>
    public List<RuledLine> Peaks(double minShare, double minVisible, int step)
    {
        List<(int Votes, RuledLine Line)> peaks = [];
        int least = (int)(minShare * minVisible * length / step);
        for (int i = bins; i < votes.Length - bins; i++)
        {
            // Two bins, because a line may be at the edge of one.
            int count = votes[i] + Math.Max(votes[i - 1], votes[i + 1]);
            if (count < least)
            {
                continue;
            }

            double slope = Slope(i / bins);
            RuledLine line = new((((i % bins) + 0.5) * bin) - (maxSlope * length / 2) - (slope * length / 2.0), slope, 0, 0);
            (int first, int last) = line.Visible(length, breadth);
            if (last - first >= minVisible * length && count >= minShare * (last - first) / step)
            {
                peaks.Add((count, line));
            }
        }

        return [.. peaks.OrderByDescending(peak => peak.Votes).Select(peak => peak.Line)];
    }

    private double Slope(int index) => maxSlope * ((2.0 * index / (slopes - 1)) - 1);
}
