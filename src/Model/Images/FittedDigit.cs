namespace RnnService.Model.Images;

/// <summary>The digit with the most ink in an image; what touches its border counts less.</summary>
/// <param name="Image">The digit, normalized the way MNIST was made.</param>
/// <param name="Count">Number of digits in the image, at least 1.</param>
public sealed record FittedDigit(DigitImage Image, int Count);
