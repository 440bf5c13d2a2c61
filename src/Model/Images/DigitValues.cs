namespace RnnService.Model.Images;

/// <summary>A 28×28 image of a digit as floats, which the network reads unchanged.</summary>
public sealed class DigitValues : IDigit
{
    private readonly ReadOnlyMemory<float> pixels;

    /// <summary>Wraps the pixels without copying them.</summary>
    /// <param name="pixels">[28, 28] finite floats in row-major order. Networks are trained on values from 0 (background) to 1 (ink).</param>
    /// <exception cref="ArgumentException">There are not exactly 784 pixels.</exception>
    public DigitValues(ReadOnlyMemory<float> pixels)
    {
        if (pixels.Length != DigitImage.PixelCount)
        {
            throw new ArgumentException($"An image must have {DigitImage.PixelCount} pixels, not {pixels.Length}.", nameof(pixels));
        }

        this.pixels = pixels;
    }

    /// <inheritdoc />
    public void CopyTo(Span<float> pixels) => this.pixels.Span.CopyTo(pixels);
}
