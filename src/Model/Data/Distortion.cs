using System.Numerics;
using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>
/// Random rotation, scaling, shear, translation and elastic distortion, combined into a single bilinear resampling: each target pixel is interpolated at the source
/// position that the combined map assigns to it.
/// </summary>
internal static class Distortion
{
    /// <summary>Maximum rotation in either direction, in radians: 10 degrees.</summary>
    private const float MaxRotation = 0.175f;

    /// <summary>Maximum deviation of the scale of each axis from 1.</summary>
    private const float MaxScaling = 0.1f;

    /// <summary>Maximum shear, in columns per row.</summary>
    private const float MaxShear = 0.1f;

    /// <summary>Maximum translation along each axis, in pixels.</summary>
    private const float MaxTranslation = 1.5f;

    /// <summary>Standard deviation of the elastic displacement along each axis, in pixels.</summary>
    private const float ElasticDeviation = 1f;

    private const int Side = DigitImage.Side;
    private const float Center = (Side - 1) / 2f;

    // The source gets a border of background, so that positions outside it need no special case. Positions are fixed-point, in 1/256 of a pixel.
    private const int Border = 1;
    private const int Stride = 32;
    private const int PositionBits = 8;
    private const int One = 1 << PositionBits;

    /// <summary>Distorts one image.</summary>
    /// <param name="source">[28, 28] bytes in row-major order.</param>
    /// <param name="random">The random number generator.</param>
    /// <param name="target">Receives [28, 28] bytes.</param>
    public static void Apply(ReadOnlySpan<byte> source, SplitMix64 random, Span<byte> target)
    {
        (Vector2 right, Vector2 down, Vector2 origin) = DrawAffineMap(ref random);
        ElasticField horizontal = new(ElasticDeviation, ref random, stackalloc float[ElasticField.Length]);
        ElasticField vertical = new(ElasticDeviation, ref random, stackalloc float[ElasticField.Length]);
        Span<byte> bordered = stackalloc byte[Stride * Stride];
        AddBorder(source, bordered);

        Span<int> x = stackalloc int[ElasticField.RowLength];
        Span<int> y = stackalloc int[ElasticField.RowLength];
        for (int row = 0; row < Side; row++)
        {
            Vector2 start = origin + (row * down);
            for (int column = 0; column < ElasticField.RowLength; column += Vector<float>.Count)
            {
                Vector<float> columns = Vector.CreateSequence((float)column, 1f);
                ToPosition(new Vector<float>(start.X) + (right.X * columns) + horizontal.At(row, column)).CopyTo(x[column..]);
                ToPosition(new Vector<float>(start.Y) + (right.Y * columns) + vertical.At(row, column)).CopyTo(y[column..]);
            }

            Resample(bordered, x, y, target.Slice(row * Side, Side));
        }
    }

    /// <summary>Draws an affine map about the center: where it maps the origin, a step to the right and a step down.</summary>
    private static (Vector2 Right, Vector2 Down, Vector2 Origin) DrawAffineMap(ref SplitMix64 random)
    {
        (float sine, float cosine) = MathF.SinCos(random.NextUniform(MaxRotation));
        float shear = random.NextUniform(MaxShear);
        Vector2 right = (1 + random.NextUniform(MaxScaling)) * new Vector2(cosine, sine);
        Vector2 down = (1 + random.NextUniform(MaxScaling)) * new Vector2((shear * cosine) - sine, (shear * sine) + cosine);
        Vector2 translation = new(random.NextUniform(MaxTranslation), random.NextUniform(MaxTranslation));
        return (right, down, new Vector2(Center) + translation - (Center * (right + down)));
    }

    private static void AddBorder(ReadOnlySpan<byte> source, Span<byte> bordered)
    {
        bordered.Clear();
        for (int row = 0; row < Side; row++)
        {
            source.Slice(row * Side, Side).CopyTo(bordered[(((row + Border) * Stride) + Border)..]);
        }
    }

    private static Vector<int> ToPosition(Vector<float> coordinate)
    {
        Vector<float> inside = Vector.Min(Vector.Max(coordinate + new Vector<float>(Border), Vector<float>.Zero), new Vector<float>(Side + Border));
        return Vector.ConvertToInt32(inside * One);
    }

    private static void Resample(ReadOnlySpan<byte> bordered, ReadOnlySpan<int> x, ReadOnlySpan<int> y, Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            int corner = ((y[i] >> PositionBits) * Stride) + (x[i] >> PositionBits);
            ReadOnlySpan<byte> square = bordered.Slice(corner, Stride + 2);
            int fromLeft = x[i] & (One - 1);
            int fromTop = y[i] & (One - 1);
            int upper = (square[0] * (One - fromLeft)) + (square[1] * fromLeft);
            int lower = (square[Stride] * (One - fromLeft)) + (square[Stride + 1] * fromLeft);
            target[i] = (byte)(((upper * (One - fromTop)) + (lower * fromTop) + (One * One / 2)) >> (2 * PositionBits));
        }
    }
}
