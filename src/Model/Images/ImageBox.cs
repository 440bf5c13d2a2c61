namespace RnnService.Model.Images;

/// <summary>A rectangle in an image, in pixels of the full image as it is displayed: the orientation in its metadata is applied.</summary>
/// <param name="X">The first column.</param>
/// <param name="Y">The first row.</param>
/// <param name="Width">Number of columns, at least 1.</param>
/// <param name="Height">Number of rows, at least 1.</param>
public readonly record struct ImageBox(int X, int Y, int Width, int Height);
