using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The position of a digit: a rectangle in the upright image, in pixels.</summary>
/// <param name="X" example="120">The first column.</param>
/// <param name="Y" example="64">The first row.</param>
/// <param name="Width" example="90">The number of columns.</param>
/// <param name="Height" example="140">The number of rows.</param>
internal sealed record ImageBoxResponse(int X, int Y, int Width, int Height)
{
    public static ImageBoxResponse From(ImageBox box) => new(box.X, box.Y, box.Width, box.Height);
}
