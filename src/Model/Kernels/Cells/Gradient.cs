using System.Runtime.CompilerServices;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Cells;

/// <summary>How gradients are kept.</summary>
internal static unsafe class Gradient
{
    // As the loss falls, gradients shrink step by step back through time, until their products are denormal numbers. None this small changes a weight.
    private const float Smallest = 1e-30f;

    /// <summary>Keeps a gradient, or zero where it is too small to matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T value, float* target)
        where T : struct, ILanes<T> => T.Flush(value, T.Create(Smallest)).Store(target);
}
