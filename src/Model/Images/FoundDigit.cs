namespace RnnService.Model.Images;

/// <summary>A digit that was found in an image.</summary>
/// <param name="Image">The digit, normalized the way MNIST was made.</param>
/// <param name="Box">The bounding box of its ink.</param>
public sealed record FoundDigit(DigitImage Image, ImageBox Box);
