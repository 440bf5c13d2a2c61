using System.Diagnostics;
using RnnService.Model.Images;
using SkiaSharp;

namespace RnnService.Benchmarks.Reading;

/// <summary>The processor time that it takes to fit large images.</summary>
internal static class TimeReport
{
    // The first rounds are not counted: in them, the runtime compiles the code, first without and then with optimization.
    private const int FirstRounds = 40, Rounds = 21;

    public static void Print()
    {
        foreach ((int width, int height, SKEncodedImageFormat format, int quality, bool isSquared) in new[]
        {
            (4000, 3000, SKEncodedImageFormat.Jpeg, 80, false),
            (4000, 3000, SKEncodedImageFormat.Jpeg, 80, true),
            (4000, 3000, SKEncodedImageFormat.Jpeg, 92, true),
            (8000, 6200, SKEncodedImageFormat.Jpeg, 80, false),
            (4000, 3000, SKEncodedImageFormat.Webp, 80, false),
            (2048, 2048, SKEncodedImageFormat.Png, 100, false),
            (280, 280, SKEncodedImageFormat.Png, 100, false),
        })
        {
            byte[] file = Draw(width, height, isSquared, format, quality);
            double[] times = [.. Enumerable.Range(0, FirstRounds + Rounds).Select(_ => Measure(file)).Skip(FirstRounds).Order()];
            Console.WriteLine($"{format} {quality}, {width}×{height}, {(isSquared ? "squared" : "plain")}, {file.Length / 1e6:F1} MB: {times[Rounds / 2]:F0} ms ({times[0]:F0} to {times[^1]:F0})");
        }
    }

    private static double Measure(byte[] file)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        DigitImageDecoder.Fit(file);
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
    }

    /// <summary>A 9 on paper with noise, darker to the right.</summary>
    private static byte[] Draw(int width, int height, bool isSquared, SKEncodedImageFormat format, int quality)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(new SKColor(225, 222, 214));
        canvas.RotateDegrees(3);
        using SKPaint line = new() { Color = new SKColor(150, 175, 220), StrokeWidth = width / 600f, IsAntialias = true };
        for (int i = -40; isSquared && i < 80; i++)
        {
            canvas.DrawLine(-width, i * width / 40f, 2 * width, i * width / 40f, line);
            canvas.DrawLine(i * width / 40f, -height, i * width / 40f, 2 * height, line);
        }

        using SKPaint ink = new() { Color = new SKColor(30, 40, 120), Style = SKPaintStyle.Stroke, StrokeWidth = width / 60f, IsAntialias = true };
        canvas.DrawCircle(width * 0.5f, height * 0.4f, height * 0.12f, ink);
        canvas.DrawLine((width * 0.5f) + (height * 0.12f), height * 0.4f, width * 0.5f, height * 0.8f, ink);
        canvas.Flush();
        Random random = new(1);
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int i = 0; i < pixels.Length; i++)
        {
            if (i % 4 < 3)
            {
                double light = 1 - (0.2 * (i % (width * 4)) / (width * 4));
                pixels[i] = (byte)Math.Clamp((pixels[i] * light) + random.Next(-4, 5) + random.Next(-4, 5), 0, 255);
            }
        }

        using SKData data = bitmap.Encode(format, quality);
        return data.ToArray();
    }
}
