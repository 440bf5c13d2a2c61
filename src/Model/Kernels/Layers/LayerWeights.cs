namespace RnnService.Model.Kernels.Layers;

/// <summary>Pointers to PyTorch's tensors of one layer in one direction, or to their gradients, in native or pinned memory.</summary>
internal unsafe struct LayerWeights
{
    /// <summary>[gates · hidden, input].</summary>
    public float* Input;

    /// <summary>[gates · hidden, hidden].</summary>
    public float* Hidden;

    /// <summary>[gates · hidden].</summary>
    public float* InputBias;

    /// <summary>[gates · hidden].</summary>
    public float* HiddenBias;

    /// <summary>The tensors of one layer, in PyTorch's order.</summary>
    public static LayerWeights From(IReadOnlyList<nint> tensors) => new()
    {
        Input = (float*)tensors[0],
        Hidden = (float*)tensors[1],
        InputBias = (float*)tensors[2],
        HiddenBias = (float*)tensors[3],
    };
}
