using System.Globalization;
using System.Numerics;

namespace RnnService.Model.Data;

/// <summary>
/// What a pen draws before it is lifted: a smooth curve through points, except at corners. The curve is the uniform spline of Catmull and Rom, "A Class of Local Interpolating Splines", 1974.
/// </summary>
/// <param name="Points">Points in the box of a digit, whose upper left corner is (0, 0) and whose lower right corner is (1, 1).</param>
/// <param name="Corners">Whether the pen changes its direction abruptly at each point.</param>
internal sealed record PenPath(Vector2[] Points, bool[] Corners)
{
    /// <summary>The largest number of points in a path.</summary>
    public const int MaxPoints = 16;

    private const int LinesPerCurve = 6;

    /// <summary>Parses points separated by spaces, <c>column,row</c> in percent, where ^ marks a corner.</summary>
    public static PenPath Parse(string path)
    {
        string[] points = path.Split(' ');
        return new PenPath([.. points.Select(ParsePoint)], [.. points.Select(point => point.EndsWith('^'))]);
    }

    /// <summary>Draws the curve.</summary>
    /// <param name="points">Where each of the points is in the image, in pixels; two or more.</param>
    /// <param name="width">Width of the line, in pixels.</param>
    /// <param name="plane">The image.</param>
    public void Draw(ReadOnlySpan<Vector2> points, float width, Span<float> plane)
    {
        Vector2 position = points[0];
        for (int i = 1; i < points.Length; i++)
        {
            Vector2 before = points[i == 1 || Corners[i - 1] ? i - 1 : i - 2];
            Vector2 after = points[i + 1 == points.Length || Corners[i] ? i : i + 1];
            for (int line = 1; line <= LinesPerCurve; line++)
            {
                Vector2 next = OnCurve(before, points[i - 1], points[i], after, line / (float)LinesPerCurve);
                new PenLine(position.X, position.Y, next.X - position.X, next.Y - position.Y).Draw(plane, width);
                position = next;
            }
        }
    }

    private static Vector2 ParsePoint(string point)
    {
        string[] coordinates = point.TrimEnd('^').Split(',');
        return new Vector2(int.Parse(coordinates[0], CultureInfo.InvariantCulture), int.Parse(coordinates[1], CultureInfo.InvariantCulture)) / 100;
    }

    /// <summary>A point of the curve from the second to the third of four points, by its share of the way, from 0 to 1.</summary>
    private static Vector2 OnCurve(Vector2 before, Vector2 from, Vector2 to, Vector2 after, float share)
    {
        Vector2 slope = to - before;
        Vector2 quadratic = (2 * before) - (5 * from) + (4 * to) - after;
        Vector2 cubic = (3 * (from - to)) + after - before;
        return from + (share / 2 * (slope + (share * (quadratic + (share * cubic)))));
    }
}
