using System.Runtime.CompilerServices;
using RnnService.Model.Numerics;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// What is dropped, drawn from a seed and a number's place alone: nothing needs to be kept for the backward pass, and no thread waits for another.
/// What is kept is scaled up, so that on average nothing changes. Source: Srivastava et al., 2014.
/// </summary>
/// <param name="share">Share that is dropped, 0 to 0.9.</param>
/// <param name="seed">What it is drawn from.</param>
internal readonly struct DropoutMask(double share, ulong seed)
{
    private readonly float scale = (float)(1 / (1 - share));
    private readonly ulong threshold = (ulong)(share * ulong.MaxValue);

    /// <summary>Whether nothing is dropped.</summary>
    public bool IsEmpty => threshold == 0;

    /// <summary>The number at a place, scaled up, or zero when it is dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(float value, nint place) =>
        threshold == 0 ? value
        : SplitMix64.At(seed, (ulong)place) < threshold ? 0
        : value * scale;

    /// <summary>The mask of another part of the network.</summary>
    public DropoutMask Of(int part) => new(share, SplitMix64.At(seed + (ulong)part, 0));
}
