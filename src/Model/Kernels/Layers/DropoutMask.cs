using System.Runtime.CompilerServices;
using RnnService.Model.Numerics;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// Inverted dropout: values are zeroed at random, and the remaining ones are scaled by 1 / (1 - fraction), which preserves the expected value. The mask is a function of
/// the seed and the index of a value, so the backward pass recomputes it and threads need no synchronization. Source: Srivastava et al., 2014.
/// </summary>
/// <param name="fraction">Fraction that is dropped, from 0 to 0.9.</param>
/// <param name="seed">Seed of the mask.</param>
internal readonly struct DropoutMask(double fraction, ulong seed)
{
    private readonly float scale = (float)(1 / (1 - fraction));
    private readonly ulong threshold = (ulong)(fraction * ulong.MaxValue);

    /// <summary>Whether nothing is dropped.</summary>
    public bool IsEmpty => threshold == 0;

    /// <summary>Applies the mask to the value with an index: the scaled value, or zero if it is dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(float value, nint index) =>
        threshold == 0 ? value
        : SplitMix64.At(seed, (ulong)index) < threshold ? 0
        : value * scale;

    /// <summary>Derives an independent mask for a part of the network, such as a layer.</summary>
    public DropoutMask Of(int part) => new(fraction, SplitMix64.At(seed + (ulong)part, 0));
}
