using RnnService.Model.Architecture;
using RnnService.Model.Images;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// Recurrent layers that read images in one order, a time step for each row or column: float32 [N, 28, 28] in native memory to the last layer's hidden states.
/// Weights are packed before the first pass.
/// </summary>
internal sealed unsafe class RecurrentImageLayers : IDisposable
{
    private readonly RecurrentBatchPool batches;

    public RecurrentImageLayers(RecurrentShape shape, RecurrentKernel kernel)
    {
        Shape = shape;
        Layers = new RecurrentLayers(kernel, shape);
        batches = new RecurrentBatchPool(Layers, DigitImage.Side);
    }

    /// <summary>The layers' sizes.</summary>
    public RecurrentShape Shape { get; }

    /// <summary>The layers.</summary>
    public RecurrentLayers Layers { get; }

    /// <summary>The states after blank rows, for the packed weights.</summary>
    public BlankRows BlankRows() => new(Layers, DigitImage.Side);

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

    /// <summary>Returns memory for the forward and backward pass of a batch. Pass it to <see cref="Return"/> afterwards.</summary>
    /// <param name="count">Number of images.</param>
    public RecurrentBatch Rent(int count) => batches.Rent(count, keepsAllSteps: true);

    /// <summary>Returns the memory, which may then be used for other images.</summary>
    public void Return(RecurrentBatch batch) => batches.Return(batch);

    /// <summary>Images as the layers read them.</summary>
    /// <param name="pixels">[count, 28, 28], each pixel from 0 to 1.</param>
    public Sequence Steps(float* pixels) => Shape.ReadsColumns
        ? new Sequence(pixels, 1, DigitImage.PixelCount, DigitImage.Side)
        : new Sequence(pixels, DigitImage.Side, DigitImage.PixelCount);

    public void Dispose()
    {
        batches.Dispose();
        Layers.Dispose();
    }
}
