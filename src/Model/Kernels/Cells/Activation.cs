using System.Runtime.CompilerServices;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Cells;

/// <summary>The gates' functions. Their absolute error is below 2e-7; what is not a number stays so.</summary>
internal static class Activation
{
    private const float Log2OfE = 1.44269504f;

    // ln 2 in two parts, the first with few enough bits that its products with whole numbers are exact (Cody and Waite, 1980).
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Added and taken away again, it rounds to a whole number: 1.5 · 2^23.
    private const float Rounder = 12582912f;

    // Beyond these, the result would not be a normal float.
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

    /// <summary>2^n · e^r with |r| at most half of ln 2, where a polynomial of degree 6 has e^r to the last bit or two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        x = T.Clamp(x, T.Create(Lowest), T.Create(Highest));
        T n = T.MultiplyAdd(x, T.Create(Log2OfE), T.Create(Rounder)) - T.Create(Rounder);
        T r = T.MultiplyAdd(n, T.Create(-Ln2High), x);
        r = T.MultiplyAdd(n, T.Create(-Ln2Low), r);

        // Taylor's terms, from the highest.
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
