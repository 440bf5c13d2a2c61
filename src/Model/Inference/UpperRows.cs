using RnnService.Model.Images;

namespace RnnService.Model.Inference;

/// <summary>An image of which only the first rows are kept; the remaining rows are blank.</summary>
/// <param name="image">The image.</param>
/// <param name="rows">Number of rows to keep.</param>
internal sealed class UpperRows(IDigit image, int rows) : IDigit
{
    public void CopyTo(Span<float> pixels)
    {
        image.CopyTo(pixels);
        pixels[(rows * DigitImage.Side)..].Clear();
    }
}
