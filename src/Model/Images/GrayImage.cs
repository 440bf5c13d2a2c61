namespace RnnService.Model.Images;

/// <summary>An 8-bit grayscale image of any size, in memory that its creator owns. Operations change it in place, because large images are expensive to copy.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="pixels">[height, width] bytes in row-major order, from 0 (black) to 255 (white).</param>
internal readonly ref struct GrayImage(int width, int height, Span<byte> pixels)
{
    /// <summary>The lowest value that is closer to white than to black.</summary>
    public const int LightThreshold = 128;

    /// <summary>Width in pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Height in pixels.</summary>
    public int Height { get; } = height;

    /// <summary>[height, width] bytes in row-major order, from 0 (black) to 255 (white).</summary>
    public Span<byte> Pixels { get; } = pixels;

    /// <summary>The darkest and the lightest pixel.</summary>
    public (byte Darkest, byte Lightest) Range()
    {
        (byte darkest, byte lightest) = (byte.MaxValue, byte.MinValue);
        foreach (byte pixel in Pixels)
        {
            (darkest, lightest) = (Math.Min(darkest, pixel), Math.Max(lightest, pixel));
        }

        return (darkest, lightest);
    }

    /// <summary>Inverts the image if requested, so that it has light ink on a dark background.</summary>
    /// <param name="inversion">Whether to invert the image; if automatic, it is inverted when its border is light.</param>
    public void MakeInkLight(Inversion inversion)
    {
        if (inversion == Inversion.Always || (inversion == Inversion.Auto && HasLightBorder()))
        {
            Invert();
        }
    }

    /// <summary>Copies the image.</summary>
    public GrayImage Copy(PooledPlanes planes)
    {
        GrayImage copy = new(Width, Height, planes.Rent(Pixels.Length));
        Pixels.CopyTo(copy.Pixels);
        return copy;
    }

    /// <summary>Inverts the image.</summary>
    public void Invert()
    {
        foreach (ref byte pixel in Pixels)
        {
            pixel = (byte)(byte.MaxValue - pixel);
        }
    }

    /// <summary>Subtracts an image of the same size; differences below 0 become 0.</summary>
    public void Subtract(GrayImage other) => PixelMath.Subtract(Pixels, other.Pixels);

    /// <summary>Makes each pixel at most as light as an image that is smaller by a factor.</summary>
    public void LimitTo(GrayImage smaller, int factor, PooledPlanes planes)
    {
        if (factor == 1)
        {
            PixelMath.Minimum(Pixels, smaller.Pixels);
            return;
        }

        Span<byte> limits = planes.Rent(smaller.Width * factor);
        for (int y = 0; y < Height; y++)
        {
            if (y % factor == 0)
            {
                Repeat(smaller.Pixels.Slice(y / factor * smaller.Width, smaller.Width), factor, limits);
            }

            PixelMath.Minimum(Pixels.Slice(y * Width, Width), limits[..Width]);
        }
    }

    /// <summary>The outermost pixels, each exactly once.</summary>
    public byte[] Border()
    {
        List<byte> border = [.. Pixels[..Width]];
        for (int y = 1; y < Height - 1; y++)
        {
            ReadOnlySpan<byte> row = Pixels.Slice(y * Width, Width);
            border.AddRange(Width == 1 ? row : [row[0], row[^1]]);
        }

        if (Height > 1)
        {
            border.AddRange(Pixels[^Width..]);
        }

        return [.. border];
    }

    private static void Repeat(ReadOnlySpan<byte> pixels, int count, Span<byte> repeated)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            repeated.Slice(i * count, count).Fill(pixels[i]);
        }
    }

    private bool HasLightBorder()
    {
        byte[] border = Border();
        return border.Sum(pixel => (long)pixel) >= (long)border.Length * LightThreshold;
    }
}
