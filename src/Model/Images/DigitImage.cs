namespace RnnService.Model.Images;

/// <summary>A 28×28 grayscale image of a digit: bytes in row-major order, from 0 (background) to 255 (ink). Immutable.</summary>
public sealed class DigitImage : IDigit
{
    /// <summary>Number of rows, and of columns.</summary>
    public const int Side = 28;

    /// <summary>Number of pixels: 784.</summary>
    public const int PixelCount = Side * Side;

    private readonly byte[] pixels;

    /// <summary>Copies the pixels.</summary>
    /// <param name="pixels">[28, 28] bytes in row-major order.</param>
    /// <exception cref="ArgumentException">There are not exactly 784 pixels.</exception>
    public DigitImage(ReadOnlySpan<byte> pixels)
    {
        if (pixels.Length != PixelCount)
        {
            throw new ArgumentException($"An image must have {PixelCount} pixels, not {pixels.Length}.", nameof(pixels));
        }

        this.pixels = pixels.ToArray();
    }

    /// <summary>The pixels: [28, 28] bytes in row-major order.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>The pixels as 28 rows of 28 bytes.</summary>
    public IReadOnlyList<IReadOnlyList<byte>> Rows => [.. pixels.Chunk(Side)];

    /// <inheritdoc />
    public void CopyTo(Span<float> pixels) => PixelScaling.Scale(this.pixels, pixels);
}
