using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Inference;

/// <summary>
/// How familiar images are to a network: the cosine similarity of their features to the nearest prototype of what it learned. Compared with scores over logits in
/// docs/results.md. Not thread-safe. Its prototypes are in native memory and must be disposed.
/// </summary>
internal sealed unsafe class FamiliarityLayer : IDisposable
{
    private readonly LinearLayer products;
    private readonly NativeBuffer similarities = new();

    /// <param name="prototypes">[prototypes, features], each of length 1.</param>
    /// <param name="count">Number of prototypes.</param>
    /// <param name="featureCount">Number of features.</param>
    public FamiliarityLayer(ReadOnlyMemory<float> prototypes, int count, int featureCount) =>
        products = LinearLayer.Create(new LinearShape(Calibration.PrototypesName, featureCount, count), prototypes, new float[count]);

    /// <summary>Computes the familiarity of images.</summary>
    /// <param name="features">[count, features].</param>
    /// <param name="stride">Distance between the features of two images, in floats.</param>
    /// <param name="count">Number of images.</param>
    /// <returns>For each image, -1 to 1.</returns>
    public float[] Compute(float* features, int stride, int count)
    {
        NativeFloats result = similarities.AtLeast((long)count * products.OutputStride);
        products.Forward(features, stride, result.Data, count);
        float[] familiarities = new float[count];
        for (int i = 0; i < count; i++)
        {
            float length = Length(new ReadOnlySpan<float>(features + ((long)i * stride), products.Shape.Inputs));
            float nearest = Max(new ReadOnlySpan<float>(result.Data + ((long)i * products.OutputStride), products.Shape.Outputs));
            familiarities[i] = length > 0 ? nearest / length : 0;
        }

        return familiarities;
    }

    public void Dispose()
    {
        products.Dispose();
        similarities.Dispose();
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
