using RnnService.Model.Images;

namespace RnnService.Model.Data;

/// <summary>Where the strokes of a digit end, and their approximate width, in pixels.</summary>
/// <param name="Top">The first row with ink.</param>
/// <param name="TopX">The mean column of the ink in that row.</param>
/// <param name="Bottom">The last row with ink.</param>
/// <param name="BottomX">The mean column of the ink in that row.</param>
/// <param name="Left">The first column with ink in the upper third.</param>
/// <param name="LeftY">The row of that ink.</param>
/// <param name="Width">The width of a stroke: the ink's area by the diagonal of its bounding box.</param>
internal readonly record struct StrokeExtent(int Top, float TopX, int Bottom, float BottomX, int Left, int LeftY, float Width)
{
    private const float Ink = 128;
    private const float MinWidth = 1.3f;
    private const float MaxWidth = 4;
    private const int Side = DigitImage.Side;

    /// <summary>Rows from the first to the last with ink.</summary>
    public int Height => Bottom - Top;

    /// <summary>Measures an image.</summary>
    public static StrokeExtent Of(Span<float> plane)
    {
        (int top, int bottom, int left, int right, float area) = (Side - 1, 0, Side - 1, 0, 0);
        Span<int> firsts = stackalloc int[Side];
        for (int row = 0; row < Side; row++)
        {
            firsts[row] = Side - 1;
            Span<float> pixels = InkPlane.Row(plane, row);
            for (int column = 0; column < Side; column++)
            {
                area += pixels[column];
                if (pixels[column] >= Ink)
                {
                    (top, bottom, right) = (Math.Min(top, row), row, Math.Max(right, column));
                    firsts[row] = Math.Min(firsts[row], column);
                }
            }

            left = Math.Min(left, firsts[row]);
        }

        (int upperLeft, int upperLeftY) = UpperLeft(firsts, top, Math.Max(top, top + ((bottom - top) / 3)));
        float diagonal = MathF.Sqrt(((right - left + 1) * (right - left + 1)) + ((bottom - top + 1) * (bottom - top + 1)));
        float width = Math.Clamp(area / byte.MaxValue / diagonal, MinWidth, MaxWidth);
        return new StrokeExtent(top, MeanColumn(plane, top), bottom, MeanColumn(plane, bottom), upperLeft, upperLeftY, width);
    }

    /// <summary>The center of mass of a row's ink; the center of the image if it has none.</summary>
    public static float MeanColumn(Span<float> plane, int row)
    {
        Span<float> pixels = InkPlane.Row(plane, row);
        (float mass, float moment) = (0, 0);
        for (int column = 0; column < Side; column++)
        {
            mass += pixels[column];
            moment += pixels[column] * column;
        }

        return mass > 0 ? moment / mass : (Side - 1) / 2f;
    }

    /// <summary>Finds the topmost consecutive rows in which a gap separates two arms.</summary>
    /// <param name="plane">The image.</param>
    /// <param name="gaps">[28]; receives a column inside the gap for each of these rows.</param>
    /// <returns>The first row, and the number of rows.</returns>
    public static (int First, int Count) GapsBetweenArms(Span<float> plane, Span<int> gaps)
    {
        (int first, int count) = (0, 0);
        for (int row = 0; row < Side; row++)
        {
            gaps[row] = Gap(InkPlane.Row(plane, row));
            if (gaps[row] >= 0)
            {
                first = count == 0 ? row : first;
                count++;
            }
            else if (count > 0)
            {
                break;
            }
        }

        return (first, count);
    }

    /// <summary>The darkest pixel between the first and the last ink of a row; -1 if there is none.</summary>
    private static int Gap(ReadOnlySpan<float> pixels)
    {
        (int gap, int last) = (-1, pixels.LastIndexOfAnyInRange(Ink, byte.MaxValue));
        for (int column = Math.Max(0, pixels.IndexOfAnyInRange(Ink, byte.MaxValue)); column < last; column++)
        {
            gap = pixels[column] < Ink && (gap < 0 || pixels[column] < pixels[gap]) ? column : gap;
        }

        return gap;
    }

    private static (int Column, int Row) UpperLeft(ReadOnlySpan<int> firsts, int top, int last)
    {
        int best = top;
        for (int row = top; row <= last; row++)
        {
            best = firsts[row] < firsts[best] ? row : best;
        }

        return (firsts[best], best);
    }
}
