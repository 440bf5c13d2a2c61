namespace RnnService.Model.Images;

/// <summary>One 28×28 digit that came as floats: they reach the network as they are.</summary>
public sealed class DigitValues : IDigit
{
    private readonly ReadOnlyMemory<float> pixels;

    /// <summary>Keeps the memory, not a copy of it.</summary>
    /// <param name="pixels">784 finite floats, [28, 28] row by row; 0 for the background and 1 for the ink is what networks are trained on.</param>
    /// <exception cref="ArgumentException">There are not 784.</exception>
    public DigitValues(ReadOnlyMemory<float> pixels)
    {
        if (pixels.Length != DigitImage.PixelCount)
        {
            throw new ArgumentException($"A digit has {DigitImage.PixelCount} pixels, not {pixels.Length}.", nameof(pixels));
        }

        this.pixels = pixels;
    }

    /// <inheritdoc />
    public void CopyTo(Span<float> pixels) => this.pixels.Span.CopyTo(pixels);
}
