namespace RnnService.Model.Images;

/// <summary>Grayscale morphology with squares, in time that grows with the logarithm of their side.</summary>
internal static class Morphology
{
    /// <summary>Columns that are processed together, as one line of wide elements.</summary>
    private const int Columns = 64;

    /// <summary>
    /// Closing: removes what is darker than its surroundings and narrower than the square, and keeps the edges of everything wider. Beyond the border there is nothing.
    /// </summary>
    /// <param name="image">The image, which is unchanged.</param>
    /// <param name="radius">The square's side is twice the radius plus one.</param>
    /// <param name="planes">Memory for the result.</param>
    public static GrayImage Close(GrayImage image, int radius, PooledPlanes planes)
    {
        GrayImage closed = image.Copy(planes);
        Span<byte> line = planes.Rent(Math.Max(image.Width + (2 * radius), (image.Height + (2 * radius)) * Columns));
        foreach (bool isMaximum in (ReadOnlySpan<bool>)[true, false])
        {
            SlideRows(closed, radius, isMaximum, line);
            SlideColumns(closed, radius, isMaximum, line);
        }

        return closed;
    }

    private static void SlideRows(GrayImage image, int radius, bool isMaximum, Span<byte> line)
    {
        line = line[..(image.Width + (2 * radius))];
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = image.Pixels.Slice(y * image.Width, image.Width);
            line.Fill(Neutral(isMaximum));
            row.CopyTo(line[radius..]);
            Slide(line, radius, stride: 1, isMaximum);
            line[..row.Length].CopyTo(row);
        }
    }

    private static void SlideColumns(GrayImage image, int radius, bool isMaximum, Span<byte> line)
    {
        for (int left = 0; left < image.Width; left += Columns)
        {
            int columns = Math.Min(Columns, image.Width - left);
            Span<byte> strip = line[..((image.Height + (2 * radius)) * columns)];
            strip.Fill(Neutral(isMaximum));
            for (int y = 0; y < image.Height; y++)
            {
                image.Pixels.Slice((y * image.Width) + left, columns).CopyTo(strip[((radius + y) * columns)..]);
            }

            Slide(strip, radius, columns, isMaximum);
            for (int y = 0; y < image.Height; y++)
            {
                strip.Slice(y * columns, columns).CopyTo(image.Pixels[((y * image.Width) + left)..]);
            }
        }
    }

    /// <summary>Replaces each element by the extreme of the window that begins there. Windows double until they are as long as needed.</summary>
    private static void Slide(Span<byte> line, int radius, int stride, bool isMaximum)
    {
        int window = (2 * radius) + 1;
        for (int size = 1; size < window;)
        {
            int step = Math.Min(size, window - size);
            Span<byte> windows = line[..^(step * stride)];
            ReadOnlySpan<byte> next = line[(step * stride)..];
            if (isMaximum)
            {
                PixelMath.Maximum(windows, next);
            }
            else
            {
                PixelMath.Minimum(windows, next);
            }

            size += step;
        }
    }

    private static byte Neutral(bool isMaximum) => isMaximum ? byte.MinValue : byte.MaxValue;
}
