using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace RnnService.Model.Kernels;

/// <summary>A tensor's numbers, where they are.</summary>
internal static unsafe class NativeTensor
{
    /// <summary>The first number of a contiguous float32 tensor. Keep the tensor alive for as long as the pointer is used.</summary>
    public static float* Floats(Tensor tensor) => (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
