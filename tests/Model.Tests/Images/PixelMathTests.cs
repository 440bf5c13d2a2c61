using System.Numerics;
using RnnService.Model.Images;

namespace RnnService.Model.Tests.Images;

/// <summary>Vectors and the pixels that are left over must give the same results.</summary>
public class PixelMathTests
{
    [Fact]
    public void Ratios_are_those_of_integers()
    {
        const byte least = 48;
        (byte Pixel, byte Other)[] pairs = [.. from other in Enumerable.Range(0, 256) from pixel in Enumerable.Range(0, other + 1) select ((byte)pixel, (byte)other)];
        byte[] ratios = [.. pairs.Select(pair => pair.Pixel)];

        PixelMath.Divide(ratios, [.. pairs.Select(pair => pair.Other)], least);

        Assert.Equal(pairs.Select(pair => (byte)(255 * pair.Pixel / Math.Max(least, pair.Other))), ratios);
    }

    [Fact]
    public void Rows_of_any_length_may_overlap()
    {
        for (int length = 0; length <= (2 * Vector<byte>.Count) + 1; length++)
        {
            byte[] line = new byte[length + 3];
            new Random(length).NextBytes(line);
            byte[] greater = [.. line], lesser = [.. line], difference = [.. line];

            PixelMath.Maximum(greater.AsSpan(0, length), greater.AsSpan(3));
            PixelMath.Minimum(lesser.AsSpan(0, length), lesser.AsSpan(3));
            PixelMath.Subtract(difference.AsSpan(0, length), difference.AsSpan(3));

            Assert.Equal(line.Zip(line.Skip(3), Math.Max), greater.Take(length));
            Assert.Equal(line.Zip(line.Skip(3), Math.Min), lesser.Take(length));
            Assert.Equal(line.Zip(line.Skip(3), (pixel, other) => (byte)Math.Max(0, pixel - other)), difference.Take(length));
        }
    }
}
