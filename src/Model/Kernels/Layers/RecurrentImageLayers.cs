using RnnService.Model.Architecture;
using RnnService.Model.Images;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// Recurrent layers that read images in one order, a time step for each row or column: float32 [N, 28, 28] in native memory to the last layer's hidden states.
/// Weights are packed with <see cref="Pack"/> before the first pass.
/// </summary>
internal sealed unsafe class RecurrentImageLayers : IDisposable
{
    private readonly RecurrentLayers layers;
    private readonly RecurrentBatchPool batches;

    public RecurrentImageLayers(RecurrentShape shape, RecurrentKernel kernel)
    {
        Shape = shape;
        layers = new RecurrentLayers(kernel, shape);
        batches = new RecurrentBatchPool(layers, DigitImage.Side);
    }

    /// <summary>The layers' sizes.</summary>
    public RecurrentShape Shape { get; }

    /// <summary>Packs new weights.</summary>
    /// <param name="weights">The weights of each layer in each direction.</param>
    public void Pack(IReadOnlyList<LayerWeights> weights) => layers.Pack(weights);

    /// <summary>The states after blank rows, for the packed weights.</summary>
    public BlankRows BlankRows() => new(layers, DigitImage.Side);

    /// <summary>A forward pass for inference.</summary>
    /// <param name="pixels">[count, 28, 28], each pixel from 0 to 1.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="features">Receives the hidden states.</param>
    /// <param name="dropout">The dropout mask; default for no dropout.</param>
    /// <param name="blankRows">The states after blank rows, which are then skipped; null to compute every step.</param>
    public void Infer(float* pixels, int count, RecurrentFeatures features, DropoutMask dropout = default, BlankRows? blankRows = null)
    {
        RecurrentBatch batch = batches.Rent(count, keepsAllSteps: false);
        batch.Forward(count, Steps(pixels), features, dropout, blankRows);
        batches.Return(batch);
    }

    /// <summary>A forward pass that keeps what a backward pass needs.</summary>
    /// <returns>The batch, for <see cref="Backward"/>.</returns>
    public RecurrentBatch Forward(float* pixels, int count, RecurrentFeatures features, DropoutMask dropout)
    {
        RecurrentBatch batch = batches.Rent(count, keepsAllSteps: true);
        batch.Forward(count, Steps(pixels), features, dropout);
        return batch;
    }

    /// <summary>The backward pass, after which the batch may be used for other images.</summary>
    /// <param name="batch">The result of <see cref="Forward"/>.</param>
    /// <param name="featureGradients">Gradients of the hidden states.</param>
    /// <param name="dropout">The dropout mask of the forward pass.</param>
    /// <param name="gradients">Receives the gradients of each layer's weights.</param>
    public void Backward(RecurrentBatch batch, RecurrentFeatures featureGradients, DropoutMask dropout, IReadOnlyList<LayerWeights> gradients)
    {
        batch.Backward(featureGradients, dropout, gradients);
        batches.Return(batch);
    }

    public void Dispose()
    {
        batches.Dispose();
        layers.Dispose();
    }

    private Sequence Steps(float* pixels) => Shape.ReadsColumns
        ? new Sequence(pixels, 1, DigitImage.PixelCount, DigitImage.Side)
        : new Sequence(pixels, DigitImage.Side, DigitImage.PixelCount);
}
