using System.Numerics;
using RnnService.Model.Images;

namespace RnnService.Model.Data;

/// <summary>
/// A 28×28 image as floats from 0 (background) to 255, with a border of background, so that filters and interpolation need no special case at the edges:
/// [32, 32] in row-major order, with the image at (2, 2).
/// </summary>
internal static class InkPlane
{
    /// <summary>Floats from one row to the next.</summary>
    public const int Stride = 32;

    /// <summary>Rows and columns of background on each side.</summary>
    public const int Border = 2;

    /// <summary>Floats in a plane.</summary>
    public const int Length = Stride * Stride;

    /// <summary>Index of the first float of the image's first row, including its border.</summary>
    public const int First = Border * Stride;

    /// <summary>Index after the last float of the image's last row, including its border.</summary>
    public const int End = (Border + Side) * Stride;

    private const int Side = DigitImage.Side;

    /// <summary>Converts an image to floats.</summary>
    public static void Load(ReadOnlySpan<byte> source, Span<float> plane)
    {
        plane.Clear();
        for (int row = 0; row < Side; row++)
        {
            ReadOnlySpan<byte> from = source.Slice(row * Side, Side);
            Span<float> to = Row(plane, row);
            for (int column = 0; column < Side; column++)
            {
                to[column] = from[column];
            }
        }
    }

    /// <summary>Converts to bytes, with the lightest ink at 255, as the normalization of scanned digits does.</summary>
    public static void Store(Span<float> plane, Span<byte> target)
    {
        float scale = byte.MaxValue / MathF.Max(1, Lightest(plane));
        for (int row = 0; row < Side; row++)
        {
            ReadOnlySpan<float> from = Row(plane, row);
            Span<byte> to = target.Slice(row * Side, Side);
            for (int column = 0; column < Side; column++)
            {
                to[column] = (byte)MathF.Min((from[column] * scale) + 0.5f, byte.MaxValue);
            }
        }
    }

    /// <summary>The 28 pixels of a row, without its border.</summary>
    public static Span<float> Row(Span<float> plane, int row) => plane.Slice(((row + Border) * Stride) + Border, Side);

    /// <summary>The largest value.</summary>
    public static float Lightest(ReadOnlySpan<float> plane)
    {
        Vector<float> max = Vector<float>.Zero;
        for (int i = First; i < End; i += Vector<float>.Count)
        {
            max = Vector.Max(max, new Vector<float>(plane[i..]));
        }

        float lightest = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            lightest = MathF.Max(lightest, max[lane]);
        }

        return lightest;
    }
}
