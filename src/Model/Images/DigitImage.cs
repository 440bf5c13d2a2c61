namespace RnnService.Model.Images;

/// <summary>One 28×28 digit as the network reads it: bytes row by row, 0 for the background and 255 for the ink.</summary>
public sealed class DigitImage : IDigit
{
    /// <summary>Rows, and columns.</summary>
    public const int Side = 28;

    /// <summary>Rows times columns.</summary>
    public const int PixelCount = Side * Side;

    private readonly byte[] pixels;

    /// <summary>Takes a copy of the pixels.</summary>
    /// <param name="pixels">784 bytes, [28, 28] row by row.</param>
    /// <exception cref="ArgumentException">There are not 784.</exception>
    public DigitImage(ReadOnlySpan<byte> pixels)
    {
        if (pixels.Length != PixelCount)
        {
            throw new ArgumentException($"A digit has {PixelCount} pixels, not {pixels.Length}.", nameof(pixels));
        }

        this.pixels = pixels.ToArray();
    }

    /// <summary>The 784 bytes, [28, 28] row by row.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>The 28 rows, 28 bytes each.</summary>
    public IReadOnlyList<IReadOnlyList<byte>> Rows => [.. pixels.Chunk(Side)];

    /// <inheritdoc />
    public void CopyTo(Span<float> pixels) => PixelScaling.Scale(this.pixels, pixels);
}
