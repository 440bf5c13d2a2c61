namespace RnnService.Model.Images;

/// <summary>A picture of any size in shades of gray.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">[height, width] bytes, row by row, 0 for black and 255 for white.</param>
internal sealed record GrayPicture(int Width, int Height, byte[] Pixels)
{
    /// <summary>From here on, a byte is rather white than black.</summary>
    public const int Bright = 128;

    /// <summary>In the middle between the darkest and the lightest pixel.</summary>
    public int Middle => (Pixels.Min() + Pixels.Max() + 1) / 2;

    /// <summary>Light ink on a dark ground, which is what networks read.</summary>
    /// <param name="inversion">Whether dark and light change places.</param>
    /// <param name="bright">From which shade on a border is light.</param>
    public GrayPicture WithLightInk(Inversion inversion, int bright) =>
        inversion == Inversion.Always || (inversion == Inversion.Auto && HasLightBorder(bright))
            ? this with { Pixels = Array.ConvertAll(Pixels, pixel => (byte)(byte.MaxValue - pixel)) }
            : this;

    /// <summary>The outermost pixels, each once.</summary>
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

    private bool HasLightBorder(int bright)
    {
        byte[] border = Border();
        return border.Sum(pixel => (long)pixel) >= (long)border.Length * bright;
    }
}
