using SkiaSharp;

namespace RnnService.Benchmarks.Reading.Photos;

/// <summary>The lines that are printed on paper.</summary>
internal static class Ruling
{
    private static readonly SKColor[] Colors = [new(150, 175, 220), new(170, 170, 175), new(120, 150, 190), new(190, 160, 180), new(140, 190, 170)];

    /// <summary>Draws lines far beyond the borders of the picture, so that a perspective shows no end of them.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="size">The size of the picture.</param>
    /// <param name="digitHeight">The height of a digit, which is 1.2 to 8 squares of 5 mm.</param>
    /// <param name="random">Chooses everything else.</param>
    /// <returns>The kind of paper.</returns>
    public static string Draw(SKCanvas canvas, SKSizeI size, double digitHeight, Random random)
    {
        double kind = random.NextDouble();
        if (kind < 0.35)
        {
            return "plain";
        }

        bool squared = kind > 0.65;
        float distance = (float)Math.Max(9, digitHeight / (squared ? random.BetweenLogarithmic(1.2, 8) : random.BetweenLogarithmic(0.7, 3)));
        using SKPaint line = new()
        {
            Color = Colors[random.Next(Colors.Length)],
            StrokeWidth = Math.Max(1, distance * (float)random.Between(0.04, squared ? 0.08 : 0.05)),
            IsAntialias = true,
        };
        (float reachX, float reachY) = (size.Width * 1.5f, size.Height * 1.5f);
        for (float y = -reachY + (float)random.Between(0, distance); y < reachY; y += distance)
        {
            canvas.DrawLine(-reachX, y, reachX, y, line);
        }

        for (float x = -reachX + (float)random.Between(0, distance); squared && x < reachX; x += distance)
        {
            canvas.DrawLine(x, -reachY, x, reachY, line);
        }

        if (random.NextDouble() < 0.3)
        {
            line.Color = new SKColor(220, 110, 110);
            float x = -size.Width * (float)random.Between(0.42, 0.48);
            canvas.DrawLine(x, -reachY, x, reachY, line);
        }

        return squared ? "squared" : "ruled";
    }
}
