using System.Numerics;
using RnnService.Model.Images;

namespace RnnService.Model.Data;

/// <summary>A straight line with round ends and smooth edges, in pixels of the image.</summary>
/// <param name="x">The start's column.</param>
/// <param name="y">The start's row.</param>
/// <param name="right">Columns from the start to the end.</param>
/// <param name="down">Rows from the start to the end.</param>
internal readonly struct PenLine(float x, float y, float right, float down)
{
    private const float MinSquaredLength = 1e-3f;

    private readonly Vector2 start = new(x, y);
    private readonly Vector2 step = new(right, down);

    /// <summary>Draws the line with ink.</summary>
    public void Draw(Span<float> plane, float width) => Paint(plane, width, erases: false);

    /// <summary>Draws the line with background.</summary>
    public void Erase(Span<float> plane, float width) => Paint(plane, width, erases: true);

    private void Paint(Span<float> plane, float width, bool erases)
    {
        float reach = (width + 1) / 2;
        Vector2 end = start + step;
        Vector2 first = Vector2.Max(Vector2.Min(start, end) - new Vector2(reach), Vector2.Zero);
        Vector2 last = Vector2.Min(Vector2.Max(start, end) + new Vector2(reach), new Vector2(DigitImage.Side - 1));
        for (int row = (int)first.Y; row <= (int)last.Y; row++)
        {
            Span<float> pixels = InkPlane.Row(plane, row);
            for (int column = (int)first.X; column <= (int)last.X; column++)
            {
                float cover = byte.MaxValue * Math.Clamp(reach - Distance(new Vector2(column, row)), 0, 1);
                pixels[column] = erases ? MathF.Min(pixels[column], byte.MaxValue - cover) : MathF.Max(pixels[column], cover);
            }
        }
    }

    private float Distance(Vector2 point)
    {
        Vector2 offset = point - start;
        float along = Math.Clamp(Vector2.Dot(offset, step) / MathF.Max(step.LengthSquared(), MinSquaredLength), 0, 1);
        return (offset - (along * step)).Length();
    }
}
