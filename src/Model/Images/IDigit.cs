namespace RnnService.Model.Images;

/// <summary>A 28×28 image of a digit, independent of how its pixels are stored.</summary>
public interface IDigit
{
    /// <summary>Copies the pixels to the input of a network.</summary>
    /// <param name="pixels">Receives [28, 28] floats in row-major order, from 0 (background) to 1 (ink).</param>
    void CopyTo(Span<float> pixels);
}
