using SkiaSharp;

namespace RnnService.Model.Images;

/// <summary>How a camera was held, as an EXIF orientation from 1 to 8: where the pixels of the file are displayed.</summary>
/// <param name="origin">Where the first row and the first column of the file are displayed.</param>
internal readonly struct ImageOrientation(SKEncodedOrigin origin)
{
    private bool IsTurned => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>The displayed size of an image.</summary>
    public (int Width, int Height) Size(int width, int height) => IsTurned ? (height, width) : (width, height);

    /// <summary>Turns an image as it is displayed.</summary>
    public GrayImage Apply(GrayImage image, PooledPlanes planes)
    {
        if (origin is SKEncodedOrigin.TopLeft)
        {
            return image;
        }

        (int width, int height) = Size(image.Width, image.Height);
        (int start, int stepX, int stepY) = Steps(image.Width, image.Height);
        Span<byte> turned = planes.Rent(width * height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = turned.Slice(y * width, width);
            int from = start + (y * stepY);
            foreach (ref byte pixel in row)
            {
                pixel = image.Pixels[from];
                from += stepX;
            }
        }

        return new GrayImage(width, height, turned);
    }

    /// <summary>The index of the pixel that is displayed first, and the distances to those displayed right of it and below it.</summary>
    private (int Start, int StepX, int StepY) Steps(int width, int height)
    {
        (int lastColumn, int lastRow) = (width - 1, (height - 1) * width);
        return origin switch
        {
            SKEncodedOrigin.TopRight => (lastColumn, -1, width),
            SKEncodedOrigin.BottomRight => (lastRow + lastColumn, -1, -width),
            SKEncodedOrigin.BottomLeft => (lastRow, 1, -width),
            SKEncodedOrigin.LeftTop => (0, width, 1),
            SKEncodedOrigin.RightTop => (lastRow, -width, 1),
            SKEncodedOrigin.RightBottom => (lastRow + lastColumn, -width, -1),
            _ => (lastColumn, width, -1),
        };
    }
}
