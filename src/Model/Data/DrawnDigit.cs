using System.Numerics;
using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>Draws digits with a pen, in forms that MNIST's writers use rarely or never.</summary>
internal static class DrawnDigit
{
    // In pixels.
    private const float Height = 20;
    private const float Center = (DigitImage.Side - 1) / 2f;

    /// <summary>Maximum displacement of a point along each axis, as a fraction of the height. Neat digits have less.</summary>
    private const float MaxDisplacement = 0.09f;

    /// <summary>Smallest share of that displacement.</summary>
    private const float MinUntidiness = 0.3f;

    /// <summary>Maximum change of the length of a path at each end, as a fraction of its distance to the next point. The last point moves after the first.</summary>
    private const float MaxEndChange = 0.25f;

    /// <summary>Maximum by which either the bottom or the top is wider than the middle, as a fraction of the width. The opposite end is narrower by the same fraction.</summary>
    private const float MaxTaper = 0.5f;

    /// <summary>Maximum displacement of the middle up or down, as a fraction of a quarter of the height.</summary>
    private const float MaxMiddleShift = 0.5f;

    // Proportions of width to height, before they are varied with all other digits.
    private const float MinProportion = 0.4f;
    private const float MaxProportion = 1;
    private const float MinProportionOfOne = 0.1f;
    private const float MaxProportionOfOne = 0.6f;

    // Widths of the line, in pixels.
    private const float MinWidth = 1.4f;
    private const float MaxWidth = 3.8f;

    /// <summary>Draws a digit on an empty image.</summary>
    /// <param name="label">The digit, from 0 to 9.</param>
    /// <param name="plane">Receives the image.</param>
    /// <param name="random">The random number generator.</param>
    public static void Draw(int label, Span<float> plane, ref SplitMix64 random)
    {
        plane.Clear();
        ReadOnlySpan<PenPath[]> forms = DigitForms.Of(label);
        PenPath[] form = forms[random.NextInteger(forms.Length)];
        float displacement = Height * MaxDisplacement * (MinUntidiness + ((1 - MinUntidiness) * random.NextFraction()));
        float width = MinWidth + ((MaxWidth - MinWidth) * random.NextFraction() * random.NextFraction());
        float proportion = label == 1 ? random.NextBetween(MinProportionOfOne, MaxProportionOfOne) : random.NextBetween(MinProportion, MaxProportion);
        float taper = random.NextUniform(MaxTaper);
        float middleShift = random.NextUniform(MaxMiddleShift);
        Span<Vector2> points = stackalloc Vector2[PenPath.MaxPoints];
        foreach (PenPath path in form)
        {
            int count = path.Points.Length;
            for (int i = 0; i < count; i++)
            {
                Vector2 point = Bend(path.Points[i], taper, middleShift) - new Vector2(0.5f);
                points[i] = new Vector2(Center) + (Height * point * new Vector2(proportion, 1)) + new Vector2(random.NextUniform(displacement), random.NextUniform(displacement));
            }

            points[0] += random.NextUniform(MaxEndChange) * (points[0] - points[1]);
            points[count - 1] += random.NextUniform(MaxEndChange) * (points[count - 1] - points[count - 2]);
            path.Draw(points[..count], width, plane);
        }
    }

    /// <summary>Changes the size of a digit's loops: the width of its upper and lower part, and their height.</summary>
    private static Vector2 Bend(Vector2 point, float taper, float middleShift) =>
        new(0.5f + ((point.X - 0.5f) * (1 + (taper * ((2 * point.Y) - 1)))), point.Y + (middleShift * point.Y * (1 - point.Y)));
}
