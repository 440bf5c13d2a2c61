using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Inference;

/// <summary>The hidden layers of a feed-forward network with packed weights: all pixels at once, through rectified linear units.</summary>
internal sealed unsafe class CompiledHiddenLayers : ICompiledLayers
{
    private readonly LinearLayer[] layers;

    /// <param name="shapes">The hidden layers.</param>
    /// <param name="tensors">The weights.</param>
    public CompiledHiddenLayers(IEnumerable<LinearShape> shapes, TensorsByName tensors) =>
        layers = [.. shapes.Select(shape => CompiledNetwork.Compile(shape, tensors))];

    public int FeatureStride => layers[^1].OutputStride;

    public bool ReadsRowsInOrder => false;

    public void Compute(NativeFloats pixels, int count, NativeFloats features)
    {
        float* input = pixels.Data;
        int stride = DigitImage.PixelCount;
        List<NativeFloats> between = [.. layers.SkipLast(1).Select(layer => new NativeFloats((long)count * layer.OutputStride))];
        foreach ((LinearLayer layer, NativeFloats output) in layers.Zip(between.Append(features)))
        {
            layer.Forward(input, stride, output.Data, count);
            Rectify(new Span<float>(output.Data, count * layer.OutputStride));
            input = output.Data;
            stride = layer.OutputStride;
        }

        between.ForEach(values => values.Dispose());
    }

    public void ComputeAfterEachRow(NativeFloats pixels, int count, NativeFloats features) =>
        throw new NotSupportedException("A feed-forward network reads all rows at once.");

    public void Dispose() => Array.ForEach(layers, layer => layer.Dispose());

    private static void Rectify(Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = Math.Max(0, value);
        }
    }
}
