using RnnService.Model.Images;

namespace RnnService.Model.Inference;

/// <summary>The first rows of an image; the rows below are blank.</summary>
/// <param name="image">The image.</param>
/// <param name="rows">Number of rows that remain.</param>
internal sealed class UpperRows(IDigit image, int rows) : IDigit
{
    public void CopyTo(Span<float> pixels)
    {
        image.CopyTo(pixels);
        pixels[(rows * DigitImage.Side)..].Clear();
    }
}
