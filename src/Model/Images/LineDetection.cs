namespace RnnService.Model.Images;

/// <summary>Finds thin straight lines from one side of an image to the other, with a Hough transform (Duda and Hart, 1972) of the middles of thin runs of pixels.</summary>
internal static class LineDetection
{
    private const double MaxSlope = 0.22;

    // Of the image's longer side.
    private const double MaxWidth = 0.03;

    // Columns that are looked at.
    private const int Samples = 100;

    // Of these columns.
    private const double MinSupport = 0.45;

    // Of the image's length: others cross a corner.
    private const double MinVisible = 0.25;

    // Of the line's length: there is ink of the line in the first and in the last part.
    private const double End = 0.06;

    // In pixels.
    private const int Tolerance = 2, Bin = 2;

    /// <summary>The radius of a closing that removes lines.</summary>
    public static int ClosingRadius(GrayImage image) => 2 + (int)(MaxWidth / 2 * Math.Max(image.Width, image.Height));

    /// <summary>Finds lines along an image.</summary>
    public static List<RuledLine> Find(LineRaster contrast, int threshold, PooledPlanes planes)
    {
        List<RuledLine> lines = [];
        if (Math.Min(contrast.Length, contrast.Breadth) < 32)
        {
            return lines;
        }

        int step = Math.Max(1, contrast.Length / Samples), columns = (contrast.Length + step - 1) / step;
        List<LinePoint> points = ThinRuns(contrast, threshold, step);
        if (points.Count < MinSupport * MinVisible * columns)
        {
            return lines;
        }

        HoughTransform votes = new(contrast.Length, contrast.Breadth, MaxSlope, Bin, planes);
        foreach (LinePoint point in points)
        {
            votes.Add(point);
        }

        LinePoints left = new(points, columns, step);
        (int length, int breadth) = (contrast.Length, contrast.Breadth);
        foreach (RuledLine peak in votes.Peaks(MinSupport, MinVisible, step))
        {
            if (!lines.Exists(line => IsSame(line, peak, length)) && Fit(left, peak, length, breadth) is RuledLine line)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static List<LinePoint> ThinRuns(LineRaster contrast, int threshold, int step)
    {
        List<LinePoint> points = [];
        int max = Math.Max(3, (int)(MaxWidth * Math.Max(contrast.Length, contrast.Breadth)));
        for (int along = 0; along < contrast.Length; along += step)
        {
            int start = -1, peak = 0;
            for (int across = 0; across <= contrast.Breadth; across++)
            {
                int value = across < contrast.Breadth ? contrast[along, across] : 0;
                if (value >= threshold)
                {
                    start = start < 0 ? across : start;
                    peak = Math.Max(peak, value);
                }
                else if (start >= 0)
                {
                    if (across - start <= max)
                    {
                        points.Add(new LinePoint(along, (start + across - 1) / 2.0, across - start, peak));
                    }

                    (start, peak) = (-1, 0);
                }
            }
        }

        return points;
    }

    /// <summary>Fits a line to the points near it, which belong to no other line afterwards; null if there are too few.</summary>
    private static RuledLine? Fit(LinePoints left, RuledLine line, int length, int breadth)
    {
        List<LinePoint> near = [];
        for (int round = 0; round < 2; round++)
        {
            near = left.Near(line, Tolerance);
            (int first, int last) = line.Visible(length, breadth);
            double end = End * (last - first);
            if (near.Count < 2 || near.Count < MinSupport * (last - first) * left.Columns / length || near[0].Along > first + end || near[^1].Along < last - end)
            {
                return null;
            }

            double meanX = near.Average(point => (double)point.Along), meanY = near.Average(point => point.Across);
            double slope = near.Sum(point => (point.Along - meanX) * (point.Across - meanY)) / near.Sum(point => (point.Along - meanX) * (point.Along - meanX));
            line = new RuledLine(meanY - (slope * meanX), slope, Median(near.Select(point => point.Width)), Median(near.Select(point => point.Contrast)));
        }

        left.Remove(near);
        return line;
    }

    private static bool IsSame(RuledLine a, RuledLine b, int length) =>
        Math.Abs(a.Offset - b.Offset) <= 2 * Tolerance && Math.Abs(a.At(length) - b.At(length)) <= 2 * Tolerance;

    private static int Median(IEnumerable<int> values)
    {
        int[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
