using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Inference;

/// <summary>The layers of a compiled network below its output layer: images to features.</summary>
internal interface ICompiledLayers : IDisposable
{
    /// <summary>Distance between the features of two images, in floats.</summary>
    int FeatureStride { get; }

    /// <summary>Whether <see cref="ComputeAfterEachRow"/> is supported: the layers read the rows in order and nothing else.</summary>
    bool ReadsRowsInOrder { get; }

    /// <summary>Computes the features of images.</summary>
    /// <param name="pixels">[count, 28, 28], each pixel from 0 to 1.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="features">Receives [count, features].</param>
    void Compute(NativeFloats pixels, int count, NativeFloats features);

    /// <summary>Computes the features of images after each of their rows.</summary>
    /// <param name="pixels">[count, 28, 28], each pixel from 0 to 1.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="features">Receives [count, 28, features].</param>
    void ComputeAfterEachRow(NativeFloats pixels, int count, NativeFloats features);
}
