namespace RnnService.Model.Kernels;

/// <summary>PyTorch's tensors of one layer in one direction, or their gradients, in native memory.</summary>
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
}
