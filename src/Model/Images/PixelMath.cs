using System.Numerics;
using System.Runtime.InteropServices;

namespace RnnService.Model.Images;

/// <summary>Calculations with two rows of pixels, of which the first receives the result. The second may be longer, and may be a later part of the same pixels.</summary>
internal static class PixelMath
{
    /// <summary>The greater of two pixels.</summary>
    public static void Maximum(Span<byte> pixels, ReadOnlySpan<byte> others)
    {
        others = others[..pixels.Length];
        int i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Max(Load(pixels, i), Load(others, i)).CopyTo(pixels[i..]);
        }

        for (; i < pixels.Length; i++)
        {
            pixels[i] = Math.Max(pixels[i], others[i]);
        }
    }

    /// <summary>The lesser of two pixels.</summary>
    public static void Minimum(Span<byte> pixels, ReadOnlySpan<byte> others)
    {
        others = others[..pixels.Length];
        int i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Min(Load(pixels, i), Load(others, i)).CopyTo(pixels[i..]);
        }

        for (; i < pixels.Length; i++)
        {
            pixels[i] = Math.Min(pixels[i], others[i]);
        }
    }

    /// <summary>The difference of two pixels, at least 0.</summary>
    public static void Subtract(Span<byte> pixels, ReadOnlySpan<byte> others)
    {
        others = others[..pixels.Length];
        int i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> other = Load(others, i);
            (Vector.Max(Load(pixels, i), other) - other).CopyTo(pixels[i..]);
        }

        for (; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Max(0, pixels[i] - others[i]);
        }
    }

    /// <summary>The ratio of two pixels, from 0 to 255 for a ratio of 1, rounded down. No pixel is greater than the other.</summary>
    /// <param name="pixels">The dividends, which receive the ratios.</param>
    /// <param name="others">The divisors.</param>
    /// <param name="least">Lesser divisors count as this one.</param>
    public static void Divide(Span<byte> pixels, ReadOnlySpan<byte> others, byte least)
    {
        others = others[..pixels.Length];
        int i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Load(pixels, i), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(Vector.Max(Load(others, i), new Vector<byte>(least)), out Vector<ushort> lowOthers, out Vector<ushort> highOthers);
            Vector.Narrow(Divide(low, lowOthers), Divide(high, highOthers)).CopyTo(pixels[i..]);
        }

        for (; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(byte.MaxValue * pixels[i] / Math.Max(others[i], least));
        }
    }

    private static Vector<ushort> Divide(Vector<ushort> pixels, Vector<ushort> others)
    {
        Vector.Widen(pixels, out Vector<uint> low, out Vector<uint> high);
        Vector.Widen(others, out Vector<uint> lowOthers, out Vector<uint> highOthers);
        return Vector.Narrow(Divide(low, lowOthers), Divide(high, highOthers));
    }

    // Exact: no quotient of such small numbers is rounded up to an integer.
    private static Vector<uint> Divide(Vector<uint> pixels, Vector<uint> others) =>
        Vector.ConvertToUInt32(Vector.ConvertToSingle(pixels * new Vector<uint>(byte.MaxValue)) / Vector.ConvertToSingle(others));

    private static Vector<byte> Load(ReadOnlySpan<byte> pixels, int index) => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(pixels), (nuint)index);
}
