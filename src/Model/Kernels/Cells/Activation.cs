using System.Runtime.CompilerServices;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Cells;

/// <summary>Activation functions with an absolute error below 2e-7. NaN is propagated.</summary>
internal static class Activation
{
    private const float Log2OfE = 1.44269504f;

    // ln 2 as a sum of two floats. The first has few significant bits, so that its products with small integers are exact (Cody and Waite, 1980).
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // 1.5 · 2^23. Adding and subtracting it rounds to the nearest integer.
    private const float RoundingOffset = 12582912f;

    // The range in which the result is a normal float.
    private const float Lowest = -87;
    private const float Highest = 88;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1);
        return one / (one + Exp(T.Create(0) - x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1);
        return one - (T.Create(2) / (one + Exp(x + x)));
    }

    /// <summary>Computes e^x as 2^n · e^r, where |r| is at most ln(2)/2. A polynomial of degree 6 approximates e^r to within one or two bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        x = T.Clamp(x, T.Create(Lowest), T.Create(Highest));
        T n = T.MultiplyAdd(x, T.Create(Log2OfE), T.Create(RoundingOffset)) - T.Create(RoundingOffset);
        T r = T.MultiplyAdd(n, T.Create(-Ln2High), x);
        r = T.MultiplyAdd(n, T.Create(-Ln2Low), r);

        // Taylor polynomial, evaluated by Horner's method.
        T e = T.Create(1f / 720);
        e = T.MultiplyAdd(e, r, T.Create(1f / 120));
        e = T.MultiplyAdd(e, r, T.Create(1f / 24));
        e = T.MultiplyAdd(e, r, T.Create(1f / 6));
        e = T.MultiplyAdd(e, r, T.Create(0.5f));
        e = T.MultiplyAdd(e, r, T.Create(1));
        e = T.MultiplyAdd(e, r, T.Create(1));
        return e * T.PowerOfTwo(n);
    }
}
