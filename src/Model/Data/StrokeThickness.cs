using System.Numerics;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>Makes strokes thicker or thinner: a mean of the image and its dilation or erosion by a square of 3×3 pixels, with a random weight.</summary>
internal static class StrokeThickness
{
    private const float Probability = 0.7f;
    private const float MaxDilation = 1;
    private const float MaxErosion = 0.6f;
    private const float HeavyProbability = 0.1f;

    /// <summary>Varies the width of all strokes.</summary>
    /// <param name="plane">The image.</param>
    /// <param name="scratch">A plane for intermediate results.</param>
    /// <param name="random">The random number generator.</param>
    public static void Vary(Span<float> plane, Span<float> scratch, ref SplitMix64 random)
    {
        bool varies = random.NextFraction() < Probability;
        float amount = random.NextUniform(1);
        if (varies)
        {
            Change(plane, scratch, amount);
        }

        // A felt pen.
        float heavy = random.NextFraction();
        if (heavy < HeavyProbability)
        {
            Change(plane, scratch, heavy / HeavyProbability);
        }
    }

    /// <summary>Erodes by a negative amount from -1, or dilates by a positive amount up to 1.</summary>
    private static void Change(Span<float> plane, Span<float> scratch, float amount)
    {
        // Erosion is the dilation of the inverted image.
        Vector<float> sign = new(amount < 0 ? -1 : 1);
        Vector<float> weight = new(amount < 0 ? -amount * MaxErosion : amount * MaxDilation);
        for (int i = InkPlane.First; i < InkPlane.End; i += Vector<float>.Count)
        {
            Largest(sign, plane, i, 1).CopyTo(scratch[i..]);
        }

        for (int i = InkPlane.First; i < InkPlane.End; i += Vector<float>.Count)
        {
            Vector<float> pixels = new(plane[i..]);
            (pixels + (weight * ((sign * Largest(Vector<float>.One, scratch, i, InkPlane.Stride)) - pixels))).CopyTo(plane[i..]);
        }
    }

    private static Vector<float> Largest(Vector<float> sign, ReadOnlySpan<float> plane, int index, int step)
    {
        Vector<float> neighbors = Vector.Max(sign * new Vector<float>(plane[(index - step)..]), sign * new Vector<float>(plane[(index + step)..]));
        return Vector.Max(neighbors, sign * new Vector<float>(plane[index..]));
    }
}
