using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>
/// Varies a digit as people write and scan digits: pen strokes that MNIST's writers rarely make, the width of the strokes, the shape, the position in the image,
/// the resolution, the sharpness and the contrast. Some images are replaced by drawings of the same digit.
/// </summary>
internal static class Handwriting
{
    private const float DrawnProbability = 0.25f;
    private const float CellProbability = 0.15f;
    private const float MinCell = 1.1f;
    private const float MaxCell = 2.3f;

    /// <summary>Varies one image.</summary>
    /// <param name="source">[28, 28] bytes in row-major order.</param>
    /// <param name="label">The digit, from 0 to 9.</param>
    /// <param name="random">The random number generator.</param>
    /// <param name="target">Receives [28, 28] bytes.</param>
    public static void Apply(ReadOnlySpan<byte> source, int label, SplitMix64 random, Span<byte> target)
    {
        Span<float> digit = stackalloc float[InkPlane.Length];
        Span<float> image = stackalloc float[InkPlane.Length];
        image.Clear();
        if (random.NextFraction() < DrawnProbability)
        {
            DrawnDigit.Draw(label, digit, ref random);
        }
        else
        {
            InkPlane.Load(source, digit);
            PenStrokes.Add(label, digit, ref random);
        }

        StrokeThickness.Vary(digit, image, ref random);
        float cell = PixelCell(ref random);
        if (cell > 1)
        {
            // A coarse scanner averages over its pixels.
            ScanQuality.Blur(digit, image, 1 / 3f);
        }

        HandwritingMap.Draw(digit, ref random).Resample(digit, cell, image, ref random);
        ScanQuality.Vary(image, digit, ref random);
        InkPlane.Store(image, target);
    }

    /// <summary>Side of the visible pixels of an image that was enlarged without smoothing; 1 if there are none.</summary>
    private static float PixelCell(ref SplitMix64 random)
    {
        float chance = random.NextFraction();
        return chance < CellProbability ? MinCell + ((MaxCell - MinCell) * chance / CellProbability) : 1;
    }
}
