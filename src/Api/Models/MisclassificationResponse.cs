using RnnService.Model.Images;

namespace RnnService.Api.Models;

/// <summary>A test image that a model misclassifies.</summary>
/// <param name="Index" example="247">The index of the image in the test set, from 0.</param>
/// <param name="Actual" example="4">The label.</param>
/// <param name="Predicted" example="9">The predicted digit.</param>
/// <param name="Confidence" example="0.87">The probability of the predicted digit.</param>
/// <param name="Pixels">28 rows of 28 bytes, from 0 (background) to 255 (ink).</param>
internal sealed record MisclassificationResponse(int Index, int Actual, int Predicted, float Confidence, IReadOnlyList<IReadOnlyList<byte>> Pixels)
{
    public static MisclassificationResponse From(Misclassification image, ReadOnlySpan<byte> pixels) => new(
        image.Index, image.Actual, image.Predicted, image.Confidence, new DigitImage(pixels).Rows);
}
