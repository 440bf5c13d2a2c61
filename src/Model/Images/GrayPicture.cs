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
    public IEnumerable<byte> Border() => Enumerable.Range(0, Pixels.Length)
        .Where(i => i < Width || i >= Pixels.Length - Width || i % Width == 0 || i % Width == Width - 1)
        .Select(i => Pixels[i]);

    private bool HasLightBorder(int bright)
    {
        long sum = 0;
        for (int x = 0; x < Width; x++)
        {
            sum += Pixels[x] + Pixels[^(x + 1)];
        }

        for (int y = 1; y < Height - 1; y++)
        {
            sum += Pixels[y * Width] + Pixels[((y + 1) * Width) - 1];
        }

        long count = (2L * Width) + (2L * Math.Max(0, Height - 2));
        return sum >= count * bright;
    }
}
