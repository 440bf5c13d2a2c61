using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Layers;

/// <summary>A linear layer for inference: y = W·x + b, with packed weights.</summary>
internal abstract unsafe class LinearLayer(LinearShape shape, int outputStride) : IDisposable
{
    /// <summary>The layer's sizes.</summary>
    public LinearShape Shape { get; } = shape;

    /// <summary>Distance between the outputs of two images, in floats: the number of outputs, rounded up to whole panels.</summary>
    public int OutputStride { get; } = outputStride;

    /// <summary>Packs a layer's weights for the widest vectors that the processor supports.</summary>
    /// <param name="shape">The layer's sizes.</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    public static LinearLayer Create(LinearShape shape, ReadOnlyMemory<float> weight, ReadOnlyMemory<float> bias) =>
        WidestLanes.Create(new Factory(shape, weight, bias));

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="input">[count, inputs].</param>
    /// <param name="inputStride">Distance between the inputs of two images, in floats.</param>
    /// <param name="output">Receives [count, outputs], <see cref="OutputStride"/> apart. The padding after the last output is zero.</param>
    /// <param name="count">Number of images.</param>
    public abstract void Forward(float* input, int inputStride, float* output, int count);

    public abstract void Dispose();

    private sealed class Factory(LinearShape shape, ReadOnlyMemory<float> weight, ReadOnlyMemory<float> bias) : ILaneFactory<LinearLayer>
    {
        public LinearLayer Create<T>()
            where T : struct, ILanes<T> => new PackedLinearLayer<T>(shape, weight.Span, bias.Span);
    }
}
