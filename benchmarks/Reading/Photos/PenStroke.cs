using RnnService.Model.Images;
using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Photos;

/// <summary>A digit of MNIST as it was written: enlarged, with sharp edges.</summary>
internal sealed class PenStroke : IDisposable
{
    private const int Enlargement = 8;

    private const int Side = DigitImage.Side * Enlargement;

    private readonly SKBitmap mask;

    /// <param name="digit">[28, 28] pixels of MNIST.</param>
    /// <param name="material">The ink.</param>
    /// <param name="random">Chooses the grain.</param>
    public PenStroke(ReadOnlySpan<byte> digit, Material material, Random random)
    {
        using SKBitmap small = new(new SKImageInfo(DigitImage.Side, DigitImage.Side, SKColorType.Gray8));
        digit.CopyTo(small.GetPixelSpan());
        using SKBitmap large = small.Resize(new SKImageInfo(Side, Side, SKColorType.Gray8), new SKSamplingOptions(SKCubicResampler.Mitchell));
        mask = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Alpha8));
        ReadOnlySpan<byte> smooth = large.GetPixelSpan();
        Span<byte> alpha = mask.GetPixelSpan();
        (int left, int top, int right, int bottom) = (Side, Side, -1, -1);
        for (int i = 0; i < alpha.Length; i++)
        {
            double coverage = Math.Clamp(((smooth[i] / 255.0) - 0.35) / 0.15, 0, 1);
            if (coverage > 0.5)
            {
                (int y, int x) = Math.DivRem(i, Side);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }

            alpha[i] = (byte)(255 * coverage * material.Opacity * (1 - (material.Grain * random.NextDouble())));
        }

        Ink = new SKRect(left, top, right + 1, bottom + 1);
    }

    /// <summary>The bounding box of the ink, in pixels of the enlarged digit.</summary>
    public SKRect Ink { get; }

    /// <summary>Draws the digit so that its ink is <paramref name="height"/> high, with its center at a point.</summary>
    /// <returns>The transformation from the enlarged digit to the canvas.</returns>
    public SKMatrix Draw(SKCanvas canvas, SKColor color, SKPoint center, double height)
    {
        float scale = (float)(height / Ink.Height);
        SKMatrix placed = SKMatrix.CreateTranslation(-Ink.MidX, -Ink.MidY).PostConcat(SKMatrix.CreateScale(scale, scale)).PostConcat(SKMatrix.CreateTranslation(center.X, center.Y));
        canvas.Save();
        canvas.Concat(placed);
        using SKPaint paint = new() { Color = color };
        using SKImage image = SKImage.FromBitmap(mask);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        canvas.Restore();
        return placed;
    }

    /// <summary>The bounding box of the ink after a transformation that may have a perspective.</summary>
    public ImageBox BoxAfter(SKMatrix transformation)
    {
        ReadOnlySpan<byte> alpha = mask.GetPixelSpan();
        (double left, double top, double right, double bottom) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        for (int i = 0; i < alpha.Length; i++)
        {
            if (alpha[i] > 0)
            {
                (int y, int x) = Math.DivRem(i, Side);
                SKPoint at = transformation.MapPoint(x + 0.5f, y + 0.5f);
                (left, top, right, bottom) = (Math.Min(left, at.X), Math.Min(top, at.Y), Math.Max(right, at.X), Math.Max(bottom, at.Y));
            }
        }

        return new ImageBox((int)left, (int)top, (int)Math.Ceiling(right) - (int)left, (int)Math.Ceiling(bottom) - (int)top);
    }

    public void Dispose() => mask.Dispose();
}
