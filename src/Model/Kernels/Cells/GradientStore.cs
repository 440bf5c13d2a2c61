using System.Runtime.CompilerServices;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Cells;

/// <summary>Storage of gradients.</summary>
internal static unsafe class GradientStore
{
    // Gradients vanish during backpropagation through time, until their products are denormal numbers, which are slow. Gradients this small have no effect on a weight.
    private const float Smallest = 1e-30f;

    /// <summary>Stores gradients. Those too small to have an effect are flushed to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(T value, float* target)
        where T : struct, ILanes<T> => T.Flush(value, T.Create(Smallest)).Store(target);
}
