using RnnService.Model.Data;
using RnnService.Model.Images;
using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Photos;

/// <summary>Generates photographs of handwritten digits of a dataset. The same seed and index give the same photograph.</summary>
/// <param name="digits">The digits.</param>
/// <param name="seed">Seed of everything random.</param>
internal sealed class PhotoGenerator(DigitDataset digits, int seed)
{
    private static readonly SKSizeI[] Sizes =
        [new(320, 240), new(300, 400), new(480, 640), new(640, 480), new(800, 800), new(1024, 768), new(1200, 1600), new(1600, 1200), new(2048, 1536), new(4000, 3000)];

    /// <summary>A photograph of one digit.</summary>
    /// <param name="index">The digit's index in the dataset.</param>
    public Photo Digit(int index)
    {
        Random random = new(HashCode(index));
        SKSizeI size = ChooseSize(random);
        int shorter = Math.Min(size.Width, size.Height);
        double height = random.BetweenLogarithmic(Math.Max(0.05, 24.0 / shorter), 0.9) * shorter;
        Material material = Material.Choose(random);
        using PenStroke stroke = new(digits.Pixels(index), material, random);
        height *= Math.Min(1, 0.9 * size.Width / (height * stroke.Ink.Width / stroke.Ink.Height));
        double freeX = Math.Max(0, (size.Width * 0.94) - (height * stroke.Ink.Width / stroke.Ink.Height)), freeY = Math.Max(0, (size.Height * 0.94) - height);
        SKPoint center = new((float)((random.NextDouble() - 0.5) * freeX * 0.85), (float)((random.NextDouble() - 0.5) * freeY * 0.85));
        return Take(size, material, height, [(stroke, center, height)], [digits.Labels[index]], random);
    }

    /// <summary>A photograph of digits that are written in a line.</summary>
    /// <param name="first">Index of the first digit.</param>
    /// <param name="count">Number of digits.</param>
    public Photo Line(int first, int count)
    {
        Random random = new(HashCode(first) ^ count);
        SKSizeI size = ChooseSize(random);
        Material material = Material.Choose(random);
        PenStroke[] strokes = [.. Enumerable.Range(first, count).Select(i => new PenStroke(digits.Pixels(i), material, random))];
        double gap = random.Between(0.15, 0.6);
        double[] heights = [.. strokes.Select(_ => random.Between(0.85, 1.15))];
        double[] widths = [.. strokes.Zip(heights, (stroke, height) => height * stroke.Ink.Width / stroke.Ink.Height)];
        double total = widths.Sum() + (gap * (count - 1));
        double scale = Math.Min(random.BetweenLogarithmic(0.35, 0.85) * size.Width / total, size.Height * 0.6);
        scale = Math.Max(scale, Math.Min(24, 0.9 * size.Width / total));
        double slant = random.Between(-0.08, 0.08), x = -total / 2, offset = (random.NextDouble() - 0.5) * ((size.Width * 0.9) - (total * scale));
        double middle = (random.NextDouble() - 0.5) * ((size.Height * 0.8) - scale);
        List<(PenStroke, SKPoint, double)> placed = [];
        for (int i = 0; i < count; i++)
        {
            double center = x + (widths[i] / 2);
            placed.Add((strokes[i], new SKPoint((float)((center * scale) + (offset * 0.8)), (float)((scale * ((center * slant) + random.Between(-0.06, 0.06))) + (middle * 0.8))), heights[i] * scale));
            x += widths[i] + (gap * random.Between(0.8, 1.2));
        }

        Photo photo = Take(size, material, scale, placed, [.. Enumerable.Range(first, count).Select(i => (int)digits.Labels[i])], random);
        Array.ForEach(strokes, stroke => stroke.Dispose());
        return photo;
    }

    private static Photo Take(SKSizeI size, Material material, double height, IReadOnlyList<(PenStroke Stroke, SKPoint Center, double Height)> placed, IReadOnlyList<int> labels, Random random)
    {
        using SKBitmap scene = new(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(scene);
        canvas.Clear(material.Ground);
        SKMatrix view = View(size, random);
        canvas.SetMatrix(in view);
        string paper = material.Name == "chalk" ? "board" : Ruling.Draw(canvas, size, height, random);
        List<ImageBox> boxes = [];
        foreach ((PenStroke stroke, SKPoint center, double high) in placed)
        {
            SKMatrix onPaper = stroke.Draw(canvas, material.Ink, center, high);
            boxes.Add(stroke.BoxAfter(view.PreConcat(onPaper)));
        }

        canvas.Flush();
        (byte[] file, string description) = Camera.Photograph(scene, random);
        return new Photo(file, labels, boxes, $"{material.Name} {material.Opacity:F2} grain {material.Grain:F2} on {paper}, height {height:F0}, {description}");
    }

    /// <summary>Where a camera that is not quite above the paper sees it: turned by up to 8 degrees, with a perspective. The paper's origin is the middle of the picture.</summary>
    private static SKMatrix View(SKSizeI size, Random random)
    {
        SKMatrix perspective = SKMatrix.Identity;
        perspective.Persp0 = (float)(random.Between(-0.12, 0.12) / size.Width);
        perspective.Persp1 = (float)(random.Between(-0.12, 0.12) / size.Height);
        return SKMatrix.CreateRotationDegrees((float)random.Between(-8, 8)).PostConcat(perspective).PostConcat(SKMatrix.CreateTranslation(size.Width / 2f, size.Height / 2f));
    }

    /// <summary>Large pictures are rarer: they take longer.</summary>
    private static SKSizeI ChooseSize(Random random) => Sizes[random.Next(random.NextDouble() < 0.25 ? Sizes.Length : Sizes.Length - 3)];

    private int HashCode(int index) => unchecked((seed * 1_000_003) + (index * 7919) + 17);
}
