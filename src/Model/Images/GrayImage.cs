namespace RnnService.Model.Images;

/// <summary>An 8-bit grayscale image of any size.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Pixels">[height, width] bytes in row-major order, from 0 (black) to 255 (white).</param>
internal sealed record GrayImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>The lowest value that is closer to white than to black.</summary>
    public const int LightThreshold = 128;

    /// <summary>The midpoint between the darkest and the lightest pixel.</summary>
    public int Midpoint => (Pixels.Min() + Pixels.Max() + 1) / 2;

    /// <summary>Inverts the image if requested, so that it has light ink on a dark background.</summary>
    /// <param name="inversion">Whether to invert the image.</param>
    /// <param name="lightThreshold">The border is light if its mean is at least this value.</param>
    public GrayImage WithLightInk(Inversion inversion, int lightThreshold) =>
        inversion == Inversion.Always || (inversion == Inversion.Auto && HasLightBorder(lightThreshold))
            ? this with { Pixels = Array.ConvertAll(Pixels, pixel => (byte)(byte.MaxValue - pixel)) }
            : this;

    /// <summary>The outermost pixels, each exactly once.</summary>
    public byte[] Border()
    {
        List<byte> border = [.. Pixels.AsSpan(0, Width)];
        for (int y = 1; y < Height - 1; y++)
        {
            ReadOnlySpan<byte> row = Pixels.AsSpan(y * Width, Width);
            border.AddRange(Width == 1 ? row : [row[0], row[^1]]);
        }

        if (Height > 1)
        {
            border.AddRange(Pixels.AsSpan(Pixels.Length - Width));
        }

        return [.. border];
    }

    private bool HasLightBorder(int lightThreshold)
    {
        byte[] border = Border();
        return border.Sum(pixel => (long)pixel) >= (long)border.Length * lightThreshold;
    }
}
