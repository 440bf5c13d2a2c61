using System.Numerics;
using System.Runtime.InteropServices;

namespace RnnService.Model.Images;

/// <summary>Calculations with two rows of pixels of the same length, of which the first receives the result. The second may be a later part of the same pixels.</summary>
internal static class PixelMath
{
    /// <summary>The greater of two pixels.</summary>
    public static void Maximum(Span<byte> pixels, ReadOnlySpan<byte> others)
    {
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

    private static Vector<byte> Load(ReadOnlySpan<byte> pixels, int index) => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(pixels), (nuint)index);
}
