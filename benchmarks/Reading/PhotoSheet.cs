using RnnService.Model.Images;
using SkiaSharp;

namespace RnnService.Benchmarks.Reading;

/// <summary>A contact sheet of photographs, each with what the decoder made of it.</summary>
internal sealed class PhotoSheet
{
    private const int Side = 220, Columns = 6, Fitted = 56, MaxTiles = 60;

    private readonly List<(string Title, byte[] File, IReadOnlyList<DigitImage> Images)> tiles = [];

    /// <summary>Adds a photograph, unless the sheet is full.</summary>
    public void Add(string title, byte[] file, IReadOnlyList<DigitImage> images)
    {
        if (tiles.Count < MaxTiles)
        {
            tiles.Add((title, file, images));
        }
    }

    /// <summary>Writes the sheet as a PNG, if there is a file to write to and a photograph.</summary>
    public void Save(string? path)
    {
        if (path is null || tiles.Count == 0)
        {
            return;
        }

        int height = Side + Fitted + 14;
        using SKBitmap sheet = new(new SKImageInfo(Columns * (Side + 4), (tiles.Count + Columns - 1) / Columns * height));
        using SKCanvas canvas = new(sheet);
        canvas.Clear(SKColors.White);
        for (int i = 0; i < tiles.Count; i++)
        {
            Draw(canvas, tiles[i].File, tiles[i].Images, i % Columns * (Side + 4), i / Columns * height);
            Console.Error.WriteLine($"sheet row {i / Columns}, column {i % Columns}: {tiles[i].Title}");
        }

        canvas.Flush();
        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(path, png.ToArray());
    }

    private static void Draw(SKCanvas canvas, byte[] file, IReadOnlyList<DigitImage> images, float left, float top)
    {
        using SKImage photo = SKImage.FromEncodedData(file);
        float scale = Math.Min((float)Side / photo.Width, (float)Side / photo.Height);
        canvas.DrawImage(photo, SKRect.Create(left, top, photo.Width * scale, photo.Height * scale), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        for (int i = 0; i < Math.Min(images.Count, Side / Fitted); i++)
        {
            using SKBitmap digit = new(new SKImageInfo(DigitImage.Side, DigitImage.Side, SKColorType.Gray8));
            images[i].Pixels.CopyTo(digit.GetPixelSpan());
            using SKImage image = SKImage.FromBitmap(digit);
            canvas.DrawImage(image, SKRect.Create(left + (i * Fitted), top + Side, Fitted - 2, Fitted - 2), SKSamplingOptions.Default);
        }
    }
}
