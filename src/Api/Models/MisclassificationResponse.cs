using RnnService.Model.Images;

namespace RnnService.Api.Models;

/// <summary>A test image that a network got wrong.</summary>
/// <param name="Index" example="247">Its place among the test images, from 0.</param>
/// <param name="Actual" example="4">The digit that it shows.</param>
/// <param name="Predicted" example="9">The digit that the network told.</param>
/// <param name="Confidence" example="0.87">The probability that the network gave it.</param>
/// <param name="Pixels">28 rows of 28 bytes: 0 is the ground, 255 the ink.</param>
internal sealed record MisclassificationResponse(int Index, int Actual, int Predicted, float Confidence, IReadOnlyList<IReadOnlyList<byte>> Pixels)
{
    public static MisclassificationResponse From(Misclassification image, ReadOnlySpan<byte> pixels) => new(
        image.Index, image.Actual, image.Predicted, image.Confidence, new DigitImage(pixels).Rows);
}
