using System.Globalization;
using RnnService.Model.Images;
using SkiaSharp;

namespace RnnService.Benchmarks.Reading;

/// <summary>How many digits of a set of 16×16 binary squares, such as UCI's semeion, are read correctly when they are enlarged to ordinary images.</summary>
internal static class SquareReport
{
    private const int Side = 16;

    public static void Print(DigitReader reader, ReadingOptions options)
    {
        string[] lines = [.. File.ReadLines(options.Input!).Where(line => line.Length > 0).Take(options.Count)];
        foreach ((string name, SKSamplingOptions sampling, int side, int margin) in new[]
        {
            ("nearest, 160×160", SKSamplingOptions.Default, 160, 0),
            ("nearest, 320×320 with a margin of 60", SKSamplingOptions.Default, 320, 60),
            ("bicubic, 280×280", new SKSamplingOptions(SKCubicResampler.Mitchell), 280, 0),
            ("bicubic, 240×240 with a margin of 80", new SKSamplingOptions(SKCubicResampler.Mitchell), 240, 80),
        })
        {
            int correct = 0;
            for (int i = 0; i < lines.Length; i++)
            {
                string[] fields = lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                DigitImage image = DigitImageDecoder.Fit(Enlarge(fields, sampling, side, margin));
                if (reader.Read(image) == Array.IndexOf(fields, "1", Side * Side, 10) - (Side * Side))
                {
                    correct++;
                }
            }

            Console.WriteLine($"Squares, {name}: {correct} of {lines.Length} read correctly ({100.0 * correct / lines.Length:F2}%).");
        }
    }

    private static byte[] Enlarge(string[] fields, SKSamplingOptions sampling, int side, int margin)
    {
        using SKBitmap small = new(new SKImageInfo(Side, Side, SKColorType.Gray8));
        for (int i = 0; i < Side * Side; i++)
        {
            small.GetPixelSpan()[i] = (byte)(double.Parse(fields[i], CultureInfo.InvariantCulture) > 0.5 ? 0 : 255);
        }

        using SKBitmap large = small.Resize(new SKImageInfo(side, side, SKColorType.Gray8), sampling);
        using SKBitmap page = new(new SKImageInfo(side + (2 * margin), side + (2 * margin), SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(page);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(large, margin, margin, SKSamplingOptions.Default);
        canvas.Flush();
        using SKData png = page.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
