using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Sets;

/// <summary>
/// The Semeion handwritten digits (UCI Machine Learning Repository): about 80 people who are not in MNIST, scanned, in 16×16 black or white pixels. They are enlarged smoothly, like a scan
/// of low resolution, and fitted. Nothing is trained on them.
/// </summary>
internal static class Semeion
{
    private const int Side = 16;
    private const int Margin = 20;

    /// <summary>Reads a part of the file.</summary>
    /// <param name="path">The file: 256 bits and ten one-hot fields in each line.</param>
    /// <param name="skip">Number of lines to skip.</param>
    /// <param name="take">Number of lines to read.</param>
    public static IEnumerable<LabeledImage> Read(string path, int skip, int take) => File.ReadLines(path).Skip(skip).Take(take).Select(Parse);

    private static LabeledImage Parse(string line)
    {
        string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < (Side * Side) + 10)
        {
            throw new InvalidDataException($"A line of semeion.txt has {fields.Length} fields instead of at least {(Side * Side) + 10}.");
        }

        using SKBitmap scan = new(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque);
        for (int i = 0; i < Side * Side; i++)
        {
            scan.SetPixel(i % Side, i / Side, fields[i].StartsWith('1') ? SKColors.Black : SKColors.White);
        }

        using SKImage image = SKImage.FromBitmap(scan);
        SKRect enlarged = new(Margin, Margin, Paper.Side - Margin, Paper.Side - Margin);
        int label = Array.IndexOf(fields, "1", Side * Side, 10) - (Side * Side);
        return Paper.Fit(label, canvas => canvas.DrawImage(image, enlarged, new SKSamplingOptions(SKCubicResampler.Mitchell)));
    }
}
