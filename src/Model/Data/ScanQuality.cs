using System.Numerics;
using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>Varies what a scanner or a camera makes of a digit: its sharpness and its contrast.</summary>
internal static class ScanQuality
{
    private const int Side = DigitImage.Side;
    private const float BlurProbability = 0.6f;
    private const float SteepProbability = 0.4f;
    private const float HazeProbability = 0.2f;
    private const int MaxPasses = 4;

    /// <summary>Largest steepness of the contrast curve. At 1, contrast is unchanged.</summary>
    private const float MaxGain = 4;

    /// <summary>Maximum deviation of the gray level that becomes mid-gray.</summary>
    private const float MaxLevel = 40;

    /// <summary>Maximum gray level of paper that is not quite background.</summary>
    private const float MaxHaze = 70;

    // The normalization of a digit cuts out its bounding box. What remains of the paper is inside the box.
    private const int BoxFirst = 4;
    private const int BoxEnd = 24;
    private const float MidGray = 128;

    /// <summary>Blurs the image, steepens its contrast, and leaves some of the paper in it, each or not.</summary>
    /// <param name="plane">The image.</param>
    /// <param name="scratch">A plane for intermediate results.</param>
    /// <param name="random">The random number generator.</param>
    public static void Vary(Span<float> plane, Span<float> scratch, ref SplitMix64 random)
    {
        if (random.NextFraction() < BlurProbability)
        {
            float neighbor = random.NextFraction() / 3;
            for (int passes = 1 + random.NextInteger(MaxPasses); passes > 0; passes--)
            {
                Blur(plane, scratch, neighbor);
            }
        }

        if (random.NextFraction() < SteepProbability)
        {
            float gain = random.NextFraction();
            Steepen(plane, 1 + ((MaxGain - 1) * gain * gain), MidGray + random.NextUniform(MaxLevel));
        }

        float haze = random.NextFraction();
        if (haze < HazeProbability)
        {
            float mean = haze / HazeProbability * MaxHaze / 2;
            AddHaze(plane, mean, random.NextUniform(mean / Side * 2), random.NextUniform(mean / Side * 2));
        }
    }

    /// <summary>Replaces each pixel by a weighted mean of its 3×3 neighborhood.</summary>
    /// <param name="plane">The image.</param>
    /// <param name="scratch">A plane for intermediate results.</param>
    /// <param name="neighbor">Weight of each of the two neighbors along an axis, from 0 to 1/3.</param>
    public static void Blur(Span<float> plane, Span<float> scratch, float neighbor)
    {
        for (int i = InkPlane.First; i < InkPlane.End; i += Vector<float>.Count)
        {
            Mean(plane, i, 1, neighbor).CopyTo(scratch[i..]);
        }

        for (int i = InkPlane.First; i < InkPlane.End; i += Vector<float>.Count)
        {
            Mean(scratch, i, InkPlane.Stride, neighbor).CopyTo(plane[i..]);
        }
    }

    private static Vector<float> Mean(ReadOnlySpan<float> plane, int index, int step, float neighbor)
    {
        Vector<float> neighbors = new Vector<float>(plane[(index - step)..]) + new Vector<float>(plane[(index + step)..]);
        return (neighbor * neighbors) + ((1 - (2 * neighbor)) * new Vector<float>(plane[index..]));
    }

    /// <summary>Raises the background inside the box to a gray level that changes linearly.</summary>
    private static void AddHaze(Span<float> plane, float mean, float perColumn, float perRow)
    {
        for (int row = BoxFirst; row < BoxEnd; row++)
        {
            Span<float> pixels = InkPlane.Row(plane, row);
            float level = mean + (perRow * (row - (Side / 2f)));
            for (int column = BoxFirst; column < BoxEnd; column++)
            {
                pixels[column] = MathF.Max(pixels[column], level + (perColumn * (column - (Side / 2f))));
            }
        }
    }

    /// <summary>A linear contrast curve through mid-gray, limited to background and ink. The background remains background.</summary>
    private static void Steepen(Span<float> plane, float gain, float level)
    {
        float lightest = MathF.Max(1, InkPlane.Lightest(plane));
        Vector<float> slope = new(gain * byte.MaxValue / lightest);
        Vector<float> offset = new(MathF.Min(0, MidGray - (gain * level)));
        for (int i = InkPlane.First; i < InkPlane.End; i += Vector<float>.Count)
        {
            Vector<float> pixels = (slope * new Vector<float>(plane[i..])) + offset;
            Vector.Min(Vector.Max(pixels, Vector<float>.Zero), new Vector<float>(byte.MaxValue)).CopyTo(plane[i..]);
        }
    }
}
