using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The digit of an image, as a network reads it.</summary>
/// <param name="Image">The digit.</param>
/// <param name="IsFitted">Whether it was normalized; otherwise its pixels are those of the file.</param>
/// <param name="IsSeveral">Whether the image has several digits, of which this one has the most ink.</param>
internal readonly record struct ReadDigit(DigitImage Image, bool IsFitted = false, bool IsSeveral = false)
{
    /// <summary>The digit, if the response includes it: the client knows the pixels of an image that was used unchanged.</summary>
    public DigitImage? Shown => IsFitted ? Image : null;
}
