using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnService.Model.SafeTensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Networks;

/// <summary>Access to a torch tensor's values. The tensor is contiguous float32 on the CPU, and spans and pointers are valid for as long as it is alive.</summary>
internal static unsafe class NativeTensor
{
    /// <summary>All values.</summary>
    public static Span<float> Span(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The first value. Keep the tensor alive for as long as the pointer is used.</summary>
    public static float* Pointer(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Span(tensor)));

    /// <summary>A copy in managed memory.</summary>
    public static NamedTensor ToNamed(string name, Tensor tensor) => new(name, tensor.shape, tensor.data<float>().ToArray());

    /// <summary>Overwrites a tensor.</summary>
    /// <exception cref="InvalidDataException">The shapes differ.</exception>
    public static void Set(Tensor tensor, NamedTensor values)
    {
        values.ThrowUnlessShaped(tensor.shape);
        using Tensor source = torch.tensor(values.Values.ToArray(), values.Shape.ToArray());
        tensor.copy_(source);
    }
}
