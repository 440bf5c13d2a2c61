using RnnService.Model.Images;
using SkiaSharp;

namespace RnnService.Model.Tests.Images;

/// <summary>A sheet of paper, or a board, on which digits of MNIST are written, and what it looks like in a photograph.</summary>
internal sealed class Paper : IDisposable
{
    private readonly SKBitmap bitmap;
    private readonly SKCanvas canvas;

    public Paper(int width, int height, SKColor color)
    {
        bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        canvas = new SKCanvas(bitmap);
        canvas.Clear(color);
    }

    /// <summary>Draws lines at a distance, across the paper and optionally also down.</summary>
    public Paper Rule(SKColor color, float distance, float width, float degrees = 0, bool isSquared = false)
    {
        using SKPaint paint = new() { Color = color, StrokeWidth = width, IsAntialias = true };
        canvas.Save();
        canvas.RotateDegrees(degrees, bitmap.Width / 2f, bitmap.Height / 2f);
        for (float at = -bitmap.Width; at < 2 * bitmap.Width; at += distance)
        {
            canvas.DrawLine(-bitmap.Width, at, 2 * bitmap.Width, at, paint);
            if (isSquared)
            {
                canvas.DrawLine(at, -bitmap.Height, at, 2 * bitmap.Height, paint);
            }
        }

        canvas.Restore();
        return this;
    }

    /// <summary>Writes a digit, enlarged from 28×28 pixels by a factor.</summary>
    public Paper Write(ReadOnlySpan<byte> digit, float left, float top, float scale, SKColor ink)
    {
        using SKBitmap mask = new(new SKImageInfo(DigitImage.Side, DigitImage.Side, SKColorType.Alpha8));
        digit.CopyTo(mask.GetPixelSpan());
        using SKImage image = SKImage.FromBitmap(mask);
        using SKPaint paint = new() { Color = ink };
        canvas.DrawImage(image, SKRect.Create(left, top, DigitImage.Side * scale, DigitImage.Side * scale), new SKSamplingOptions(SKFilterMode.Linear), paint);
        return this;
    }

    /// <summary>Draws a filled rectangle.</summary>
    public Paper Fill(float left, float top, float width, float height, SKColor color)
    {
        using SKPaint paint = new() { Color = color };
        canvas.DrawRect(left, top, width, height, paint);
        return this;
    }

    /// <summary>Multiplies each pixel by the light there, and adds noise.</summary>
    /// <param name="light">The light at a point, both coordinates from 0 to 1.</param>
    /// <param name="noise">The largest deviation.</param>
    public Paper Light(Func<double, double, double> light, int noise = 0)
    {
        canvas.Flush();
        Random random = new(1);
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int i = 0; i < pixels.Length; i++)
        {
            if (i % 4 < 3)
            {
                (int y, int x) = Math.DivRem(i / 4, bitmap.Width);
                pixels[i] = (byte)Math.Clamp((pixels[i] * light((double)x / bitmap.Width, (double)y / bitmap.Height)) + random.Next(-noise, noise + 1), 0, 255);
            }
        }

        return this;
    }

    /// <summary>Turns the file as a camera does that is held in another way: a viewer restores it with the orientation.</summary>
    public byte[] ToJpeg(SKEncodedOrigin orientation)
    {
        canvas.Flush();
        (int width, int height) = orientation >= SKEncodedOrigin.LeftTop ? (bitmap.Height, bitmap.Width) : (bitmap.Width, bitmap.Height);
        using SKBitmap stored = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int right, int lower) = (width - 1 - x, height - 1 - y);
                (int shownX, int shownY) = orientation switch
                {
                    SKEncodedOrigin.TopLeft => (x, y),
                    SKEncodedOrigin.TopRight => (right, y),
                    SKEncodedOrigin.BottomRight => (right, lower),
                    SKEncodedOrigin.BottomLeft => (x, lower),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (lower, x),
                    SKEncodedOrigin.RightBottom => (lower, right),
                    _ => (y, right),
                };
                stored.SetPixel(x, y, bitmap.GetPixel(shownX, shownY));
            }
        }

        using SKData data = stored.Encode(SKEncodedImageFormat.Jpeg, 95);
        byte[] exif = [0xff, 0xe1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0"u8, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return [0xff, 0xd8, .. exif, .. data.ToArray()[2..]];
    }

    public byte[] To(SKEncodedImageFormat format, int quality = 90)
    {
        canvas.Flush();
        using SKData data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public byte[] ToPng() => To(SKEncodedImageFormat.Png, 100);

    public void Dispose()
    {
        canvas.Dispose();
        bitmap.Dispose();
    }
}
