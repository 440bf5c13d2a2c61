using System.Numerics;

namespace RnnService.Model.Images;

/// <summary>Smooths an image with the binomial filter 1 2 1 in both directions.</summary>
internal static class Smoothing
{
    /// <summary>Returns a smooth copy. Border pixels are smoothed along the border only.</summary>
    public static GrayImage Apply(GrayImage image, PooledPlanes planes)
    {
        (int width, int height) = (image.Width, image.Height);
        GrayImage smooth = new(width, height, planes.Rent(width * height));
        Span<byte> rows = planes.Rent(width * height);
        image.Pixels.CopyTo(rows);
        for (int y = 1; y < height - 1; y++)
        {
            ReadOnlySpan<byte> above = image.Pixels.Slice((y - 1) * width, width), below = image.Pixels.Slice((y + 1) * width, width);
            Blend(above, image.Pixels.Slice(y * width, width), below, rows.Slice(y * width, width));
        }

        rows.CopyTo(smooth.Pixels);
        for (int y = 0; y < height && width > 2; y++)
        {
            ReadOnlySpan<byte> row = rows.Slice(y * width, width);
            Blend(row[..^2], row[1..^1], row[2..], smooth.Pixels.Slice((y * width) + 1, width - 2));
        }

        return smooth;
    }

    private static void Blend(ReadOnlySpan<byte> before, ReadOnlySpan<byte> at, ReadOnlySpan<byte> after, Span<byte> blended)
    {
        int i = 0;
        for (; i <= at.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Mean(Mean(new Vector<byte>(before[i..]), new Vector<byte>(after[i..])), new Vector<byte>(at[i..])).CopyTo(blended[i..]);
        }

        for (; i < at.Length; i++)
        {
            blended[i] = (byte)((((before[i] + after[i]) >> 1) + at[i]) >> 1);
        }
    }

    private static Vector<byte> Mean(Vector<byte> a, Vector<byte> b) => (a & b) + Vector.ShiftRightLogical(a ^ b, 1);
}
