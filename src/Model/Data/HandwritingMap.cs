using System.Numerics;
using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>
/// A random affine map of a digit, with a bend that moves its middle up or down, after which it is normalized as MNIST was: the longer side of its bounding box has 20 pixels, and its center of mass is at the
/// center of the image, both with a random error. The map and an elastic distortion are combined into a single bilinear resampling.
/// </summary>
internal readonly struct HandwritingMap
{
    private const int Side = DigitImage.Side;
    private const float BoxSide = 20;
    private const float Center = Side / 2f;

    /// <summary>Maximum rotation in either direction, in radians: 11 degrees.</summary>
    private const float MaxRotation = 0.2f;

    /// <summary>Maximum shear, in columns per row: slanted writing.</summary>
    private const float MaxShear = 0.3f;

    /// <summary>Maximum change of the ratio of width to height, as a natural logarithm: 35%.</summary>
    private const float MaxStretch = 0.3f;

    /// <summary>Probability that the digit is stretched toward a square instead, as many scanners of forms do.</summary>
    private const float SquareProbability = 0.3f;

    /// <summary>Maximum change of the ratio of width to height toward a square, as a natural logarithm.</summary>
    private const float MaxSquareStretch = 1.2f;

    /// <summary>Maximum error of the size, as a fraction.</summary>
    private const float MaxSizeError = 0.08f;

    /// <summary>Maximum error of the position along each axis, in pixels.</summary>
    private const float MaxTranslation = 1.6f;

    /// <summary>Standard deviation of the elastic displacement along each axis, in pixels.</summary>
    private const float ElasticDeviation = 1;

    /// <summary>Maximum displacement of the middle of a digit toward its top or its bottom, in pixels: writers make loops of different size.</summary>
    private const float MaxMiddleShift = 3;

    /// <summary>Maximum enlargement, which specks and thin strokes would exceed.</summary>
    private const float MaxScale = 2;

    /// <summary>Pixels from this value count as ink.</summary>
    private const float Ink = 48;

    // Positions outside the image are clamped to its border.
    private const float MaxPosition = InkPlane.Stride - 2.01f;

    private readonly Vector2 right;
    private readonly Vector2 down;
    private readonly Vector2 center;
    private readonly Vector2 mass;

    private HandwritingMap(Vector2 right, Vector2 down, Vector2 center, Vector2 mass) => (this.right, this.down, this.center, this.mass) = (right, down, center, mass);

    /// <summary>Draws a map.</summary>
    /// <param name="plane">The digit.</param>
    /// <param name="random">The random number generator.</param>
    public static HandwritingMap Draw(Span<float> plane, ref SplitMix64 random)
    {
        // Where the digit's x axis and y axis go: rotation, then shear.
        (float sine, float cosine) = MathF.SinCos(random.NextUniform(MaxRotation));
        float shear = random.NextUniform(MaxShear);
        Vector2 x = new(cosine + (shear * sine), sine);
        Vector2 y = new((shear * cosine) - sine, cosine);
        float stretch = random.NextUniform(MaxStretch);
        bool towardSquare = random.NextFraction() < SquareProbability;
        float squareness = 0.4f + (0.7f * random.NextFraction());
        float size = 1 + random.NextUniform(MaxSizeError);
        Vector2 center = new(Center + random.NextUniform(MaxTranslation), Center + random.NextUniform(MaxTranslation));

        (Vector2 box, Vector2 mass) = Measure(plane, x, y);
        if (towardSquare)
        {
            stretch = Math.Clamp(MathF.Log(box.Y / box.X) * squareness, -MaxSquareStretch, MaxSquareStretch);
        }

        Vector2 scale = new(MathF.Exp(stretch / 2), MathF.Exp(-stretch / 2));
        scale *= MathF.Min(MaxScale, size * BoxSide / MathF.Max(box.X * scale.X, box.Y * scale.Y));
        float determinant = (x.X * y.Y) - (y.X * x.Y);
        return new HandwritingMap(new Vector2(y.Y, -x.Y) / (determinant * scale.X), new Vector2(-y.X, x.X) / (determinant * scale.Y), center, mass);
    }

    /// <summary>Resamples a digit.</summary>
    /// <param name="plane">The digit.</param>
    /// <param name="cell">Side of the squares of target pixels that get the same value, in pixels: 1 or more.</param>
    /// <param name="target">Receives the image.</param>
    /// <param name="random">The random number generator.</param>
    public void Resample(ReadOnlySpan<float> plane, float cell, Span<float> target, ref SplitMix64 random)
    {
        ElasticField horizontal = new(ElasticDeviation, ref random, stackalloc float[ElasticField.Length]);
        ElasticField vertical = new(ElasticDeviation, ref random, stackalloc float[ElasticField.Length]);
        Span<float> x = stackalloc float[ElasticField.RowLength];
        Span<float> y = stackalloc float[ElasticField.RowLength];
        Vector2 border = new(InkPlane.Border);
        float middleShift = random.NextUniform(MaxMiddleShift);
        target.Clear();
        for (int row = 0; row < Side; row++)
        {
            float position = (Snap(new Vector<float>(row), cell)[0] - center.Y) * 2 / BoxSide;
            float bent = (position * BoxSide / 2) + (middleShift * MathF.Max(0, 1 - (position * position)));
            Vector2 start = mass + border + (bent * down) - (center.X * right);
            for (int column = 0; column < ElasticField.RowLength; column += Vector<float>.Count)
            {
                Vector<float> columns = Snap(Vector.CreateSequence((float)column, 1f), cell);
                Clamp(new Vector<float>(start.X) + (right.X * columns) + horizontal.At(row, column)).CopyTo(x[column..]);
                Clamp(new Vector<float>(start.Y) + (right.Y * columns) + vertical.At(row, column)).CopyTo(y[column..]);
            }

            Interpolate(plane, x, y, InkPlane.Row(target, row));
        }
    }

    /// <summary>The center of the cell in which each position is.</summary>
    private static Vector<float> Snap(Vector<float> positions, float cell) =>
        cell > 1 ? (Vector.Floor(positions / cell) + new Vector<float>(0.5f)) * cell : positions;

    private static Vector<float> Clamp(Vector<float> positions) => Vector.Min(Vector.Max(positions, Vector<float>.Zero), new Vector<float>(MaxPosition));

    private static void Interpolate(ReadOnlySpan<float> plane, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            (int column, int row) = ((int)x[i], (int)y[i]);
            ReadOnlySpan<float> square = plane.Slice((row * InkPlane.Stride) + column, InkPlane.Stride + 2);
            float upper = square[0] + ((x[i] - column) * (square[1] - square[0]));
            float lower = square[InkPlane.Stride] + ((x[i] - column) * (square[InkPlane.Stride + 1] - square[InkPlane.Stride]));
            target[i] = upper + ((y[i] - row) * (lower - upper));
        }
    }

    /// <summary>The size of the ink's bounding box after the map, and its center of mass before.</summary>
    private static (Vector2 Box, Vector2 Mass) Measure(Span<float> plane, Vector2 x, Vector2 y)
    {
        (float mass, Vector2 moment) = (0, Vector2.Zero);
        (Vector2 min, Vector2 max) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        for (int row = 0; row < Side; row++)
        {
            Span<float> pixels = InkPlane.Row(plane, row);
            (float rowMass, float rowMoment, int first, int last) = (0, 0, -1, -1);
            for (int column = 0; column < Side; column++)
            {
                float value = pixels[column];
                rowMass += value;
                rowMoment += value * column;
                if (value >= Ink)
                {
                    first = first < 0 ? column : first;
                    last = column;
                }
            }

            mass += rowMass;
            moment += new Vector2(rowMoment, row * rowMass);
            if (first >= 0)
            {
                (Vector2 left, Vector2 right) = ((first * x) + (row * y), (last * x) + (row * y));
                min = Vector2.Min(min, Vector2.Min(left, right));
                max = Vector2.Max(max, Vector2.Max(left, right));
            }
        }

        return max.X < min.X ? (new Vector2(BoxSide), new Vector2(Center)) : (max - min + Vector2.One, moment / mass);
    }
}
