using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace RnnService.Model.Kernels;

/// <summary>A tensor's own numbers in native memory: contiguous float32 on the CPU, and valid for as long as the tensor is alive.</summary>
internal static unsafe class NativeTensor
{
    /// <summary>All of its numbers.</summary>
    public static Span<float> Span(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Its first number. Keep the tensor alive for as long as the pointer is used.</summary>
    public static float* Pointer(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Span(tensor)));
}
