using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Sets;

/// <summary>Random scribbles: one to four strokes of one to five curves each.</summary>
internal static class Scribbles
{
    /// <summary>Draws scribbles.</summary>
    /// <param name="count">Number of scribbles.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    public static IEnumerable<LabeledImage> Draw(int count, int seed)
    {
        Random random = new(seed);
        return Enumerable.Range(0, count).Select(_ => Paper.Fit(label: null, canvas => Draw(canvas, random)));
    }

    private static void Draw(SKCanvas canvas, Random random)
    {
        using SKPaint pen = new() { Color = SKColors.Black, StrokeWidth = 6 + (10 * random.NextSingle()), IsStroke = true, IsAntialias = true, StrokeCap = SKStrokeCap.Round };
        using SKPathBuilder strokes = new();
        for (int stroke = random.Next(1, 5); stroke > 0; stroke--)
        {
            strokes.MoveTo(Anywhere(random));
            for (int curve = random.Next(1, 6); curve > 0; curve--)
            {
                strokes.CubicTo(Anywhere(random), Anywhere(random), Anywhere(random));
            }
        }

        using SKPath path = strokes.Detach();
        canvas.DrawPath(path, pen);
    }

    private static SKPoint Anywhere(Random random) => new(20 + (160 * random.NextSingle()), 20 + (160 * random.NextSingle()));
}
