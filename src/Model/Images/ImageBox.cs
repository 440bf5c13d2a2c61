namespace RnnService.Model.Images;

/// <summary>A rectangle in an image, in pixels.</summary>
/// <param name="X">The first column.</param>
/// <param name="Y">The first row.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Height">Number of rows.</param>
public readonly record struct ImageBox(int X, int Y, int Width, int Height);
