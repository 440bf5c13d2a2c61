using RnnService.Model.Images;
using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Sets;

/// <summary>White paper of 200×200 pixels that something is drawn on, and that is then decoded and fitted like a picture that a client sends.</summary>
internal static class Paper
{
    public const int Side = 200;

    /// <summary>Draws on the paper, and fits what was drawn.</summary>
    public static LabeledImage Fit(int? label, Action<SKCanvas> draw)
    {
        using SKBitmap paper = new(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (SKCanvas canvas = new(paper))
        {
            canvas.Clear(SKColors.White);
            draw(canvas);
        }

        using SKData png = paper.Encode(SKEncodedImageFormat.Png, quality: 100);
        FittedDigit fitted = DigitImageDecoder.FitLargest(png.ToArray());
        return new LabeledImage(fitted.Image, label, fitted.Count > 1);
    }
}
