using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>Adds strokes that are rare in MNIST but common elsewhere, such as the flag of a 1 and the bar of a 7, and what a bad pen or a dirty scanner adds.</summary>
internal static class PenStrokes
{
    private const float Center = (DigitImage.Side - 1) / 2f;
    private const float GapLength = 8;

    // Probabilities.
    private const float Flag = 0.5f;
    private const float Serif = 0.2f;
    private const float Bar = 0.5f;
    private const float Hook = 0.2f;
    private const float Tail = 0.5f;
    private const float ShortArm = 0.3f;
    private const float Gap = 0.06f;
    private const float Speck = 0.04f;

    /// <summary>Adds random strokes that suit the digit.</summary>
    /// <param name="label">The digit, from 0 to 9.</param>
    /// <param name="plane">The digit's image.</param>
    /// <param name="random">The random number generator.</param>
    public static void Add(int label, Span<float> plane, ref SplitMix64 random)
    {
        switch (label)
        {
            case 1:
                AddToOne(plane, ref random);
                break;
            case 4 when Happens(ShortArm, ref random):
                ShortenRightArm(plane, random.NextBetween(0.2f, 0.9f));
                break;
            case 7:
                AddToSeven(plane, ref random);
                break;
            case 9:
                AddToNine(plane, ref random);
                break;
        }

        if (Happens(Gap, ref random))
        {
            float angle = random.NextUniform(MathF.PI);
            PenLine gap = new(Center + random.NextUniform(7), Center + random.NextUniform(8), GapLength * MathF.Cos(angle), GapLength * MathF.Sin(angle));
            gap.Erase(plane, random.NextBetween(0.6f, 1.4f));
        }

        if (Happens(Speck, ref random))
        {
            PenLine speck = new(Center + random.NextUniform(10), Center + random.NextUniform(10), random.NextUniform(1), random.NextUniform(1));
            speck.Draw(plane, random.NextBetween(1, 2));
        }
    }

    /// <summary>A flag from the top down to the left, and a serif at the bottom.</summary>
    private static void AddToOne(Span<float> plane, ref SplitMix64 random)
    {
        StrokeExtent extent = StrokeExtent.Of(plane);
        if (Happens(Flag, ref random))
        {
            (float sine, float cosine) = MathF.SinCos(random.NextBetween(0.2f, 1));
            float length = extent.Height * random.NextBetween(0.2f, 1);
            new PenLine(extent.TopX, extent.Top, -length * sine, length * cosine).Draw(plane, extent.Width);
        }

        if (Happens(Serif, ref random))
        {
            AddBar(extent.BottomX, extent.Bottom, 2, 6, 0.2f, extent.Width, plane, ref random);
        }
    }

    /// <summary>Erases the upper part of the right arm of a 4 that is open at the top.</summary>
    private static void ShortenRightArm(Span<float> plane, float share)
    {
        Span<int> gaps = stackalloc int[DigitImage.Side];
        (int first, int count) = StrokeExtent.GapsBetweenArms(plane, gaps);
        for (int row = first; row < first + (int)(count * share); row++)
        {
            InkPlane.Row(plane, row)[gaps[row]..].Clear();
        }
    }

    /// <summary>A bar across the stem, and a hook down from the left end of the top.</summary>
    private static void AddToSeven(Span<float> plane, ref SplitMix64 random)
    {
        StrokeExtent extent = StrokeExtent.Of(plane);
        if (Happens(Bar, ref random))
        {
            int row = (int)(extent.Top + (extent.Height * random.NextBetween(0.4f, 0.7f)));
            AddBar(StrokeExtent.MeanColumn(plane, row), row, 2.5f, 8, 0.3f, extent.Width, plane, ref random);
        }

        if (Happens(Hook, ref random))
        {
            float length = random.NextBetween(2, 6);
            new PenLine(extent.Left + 1, extent.LeftY, random.NextUniform(0.5f) * length, length).Draw(plane, extent.Width);
        }
    }

    /// <summary>A tail from the bottom to the left, whose end may turn up.</summary>
    private static void AddToNine(Span<float> plane, ref SplitMix64 random)
    {
        StrokeExtent extent = StrokeExtent.Of(plane);
        if (Happens(Tail, ref random))
        {
            (float left, float down) = (-random.NextBetween(3, 10), random.NextUniform(4));
            new PenLine(extent.BottomX, extent.Bottom, left, down).Draw(plane, extent.Width);
            new PenLine(extent.BottomX + left, extent.Bottom + down, -random.NextBetween(0, 6), -random.NextBetween(0, 5)).Draw(plane, extent.Width);
        }
    }

    /// <summary>An almost horizontal line through a point, with a random length on each side.</summary>
    private static void AddBar(float x, float y, float shortest, float longest, float maxSlope, float width, Span<float> plane, ref SplitMix64 random)
    {
        float slope = random.NextUniform(maxSlope);
        float left = random.NextBetween(shortest, longest);
        float right = random.NextBetween(shortest, longest);
        new PenLine(x - left, y - (left * slope), left + right, (left + right) * slope).Draw(plane, width);
    }

    private static bool Happens(float probability, ref SplitMix64 random) => random.NextFraction() < probability;
}
