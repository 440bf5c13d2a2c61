namespace RnnService.Model.Images;

/// <summary>A digit that was found in an image.</summary>
/// <param name="Image">The digit, normalized the way MNIST was made.</param>
/// <param name="Box">Its position in the image.</param>
public sealed record FoundDigit(DigitImage Image, ImageBox Box);
