using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Inference;

/// <summary>
/// The cosine similarity of the features of images to the nearest prototype of what a network learned. Not thread-safe. Its prototypes are in native memory and must be disposed.
/// </summary>
internal sealed unsafe class SimilarityLayer : IDisposable
{
    private readonly LinearLayer layer;
    private readonly NativeBuffer allProducts = new();

    /// <param name="prototypes">[prototypes, features], each of length 1.</param>
    /// <param name="count">Number of prototypes.</param>
    /// <param name="featureCount">Number of features.</param>
    public SimilarityLayer(ReadOnlyMemory<float> prototypes, int count, int featureCount) =>
        layer = LinearLayer.Create(new LinearShape(Calibration.PrototypesName, featureCount, count), prototypes, new float[count]);

    /// <summary>Computes the similarity of images.</summary>
    /// <param name="features">[count, features].</param>
    /// <param name="stride">Distance between the features of two images, in floats.</param>
    /// <param name="count">Number of images.</param>
    /// <returns>For each image, -1 to 1.</returns>
    public float[] Compute(float* features, int stride, int count)
    {
        NativeFloats products = allProducts.AtLeast((long)count * layer.OutputStride);
        layer.Forward(features, stride, products.Data, count);
        float[] similarities = new float[count];
        for (int i = 0; i < count; i++)
        {
            float length = Length(new ReadOnlySpan<float>(features + ((long)i * stride), layer.Shape.Inputs));
            float nearest = Max(new ReadOnlySpan<float>(products.Data + ((long)i * layer.OutputStride), layer.Shape.Outputs));
            similarities[i] = length > 0 ? nearest / length : 0;
        }

        return similarities;
    }

    public void Dispose()
    {
        layer.Dispose();
        allProducts.Dispose();
    }

    private static float Length(ReadOnlySpan<float> values)
    {
        float squares = 0;
        foreach (float value in values)
        {
            squares += value * value;
        }

        return MathF.Sqrt(squares);
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        float max = float.NegativeInfinity;
        foreach (float value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }
}
