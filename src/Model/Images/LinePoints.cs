namespace RnnService.Model.Images;

/// <summary>The points that may belong to a line, by column. In each column they are ordered by <see cref="LinePoint.Across"/>, so that a binary search finds those near a line.</summary>
internal sealed class LinePoints
{
    private readonly int step;
    private readonly List<LinePoint>[] byColumn;

    /// <param name="points">The points; those of a column in order of <see cref="LinePoint.Across"/>.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="step">The distance between two columns, in pixels.</param>
    public LinePoints(List<LinePoint> points, int columns, int step)
    {
        this.step = step;
        byColumn = [.. Enumerable.Range(0, columns).Select(_ => new List<LinePoint>())];
        points.ForEach(point => byColumn[point.Along / step].Add(point));
    }

    /// <summary>Number of columns.</summary>
    public int Columns => byColumn.Length;

    /// <summary>The first point of each column that is near a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="tolerance">The greatest distance across, in pixels.</param>
    public List<LinePoint> Near(RuledLine line, double tolerance)
    {
        List<LinePoint> near = [];
        for (int column = 0; column < byColumn.Length; column++)
        {
            List<LinePoint> points = byColumn[column];
            double across = line.At(column * step);
            int first = FirstAt(points, across - tolerance);
            if (first < points.Count && points[first].Across - across <= tolerance)
            {
                near.Add(points[first]);
            }
        }

        return near;
    }

    /// <summary>Removes points that belong to a line.</summary>
    public void Remove(List<LinePoint> points) => points.ForEach(point => byColumn[point.Along / step].Remove(point));

    private static int FirstAt(List<LinePoint> points, double across)
    {
        (int low, int high) = (0, points.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = points[middle].Across < across ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
