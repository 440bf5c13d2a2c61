using System.Numerics;
using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>
/// Turns, scales, slants, moves and elastically bends an image at random, all in one bilinear resampling: every pixel of the result
/// is looked up where the map takes it.
/// </summary>
internal static class Distortion
{
    /// <summary>Turned by at most so much to either side, in radians: 10 degrees.</summary>
    private const float MaxRotation = 0.175f;

    /// <summary>Scaled along either axis by 1 plus or minus at most this.</summary>
    private const float MaxScaling = 0.1f;

    /// <summary>Slanted by at most so many columns a row.</summary>
    private const float MaxShear = 0.1f;

    /// <summary>Moved along either axis by at most so many pixels.</summary>
    private const float MaxTranslation = 1.5f;

    /// <summary>Bent by so many pixels along either axis: the standard deviation.</summary>
    private const float ElasticDeviation = 1f;

    private const int Side = DigitImage.Side;
    private const float Centre = (Side - 1) / 2f;

    // The source has a border of background, so that what lies outside needs no case of its own; positions are in 256ths of a pixel.
    private const int Border = 1;
    private const int Stride = 32;
    private const int PositionBits = 8;
    private const int One = 1 << PositionBits;

    /// <summary>Distorts one image.</summary>
    /// <param name="source">784 bytes.</param>
    /// <param name="random">What the distortion is drawn from.</param>
    /// <param name="target">784 bytes.</param>
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

    /// <summary>Where the image's origin goes, and how far one step to the right and one step down go from there, about the centre.</summary>
    private static (Vector2 Right, Vector2 Down, Vector2 Origin) DrawAffineMap(ref SplitMix64 random)
    {
        (float sine, float cosine) = MathF.SinCos(random.NextUniform(MaxRotation));
        float shear = random.NextUniform(MaxShear);
        Vector2 right = (1 + random.NextUniform(MaxScaling)) * new Vector2(cosine, sine);
        Vector2 down = (1 + random.NextUniform(MaxScaling)) * new Vector2((shear * cosine) - sine, (shear * sine) + cosine);
        Vector2 translation = new(random.NextUniform(MaxTranslation), random.NextUniform(MaxTranslation));
        return (right, down, new Vector2(Centre) + translation - (Centre * (right + down)));
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
