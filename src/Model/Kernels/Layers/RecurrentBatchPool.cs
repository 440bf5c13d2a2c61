namespace RnnService.Model.Kernels.Layers;

/// <summary>Reuses the native memory of the last batch. Thread-safe.</summary>
/// <param name="layers">The layers.</param>
/// <param name="steps">Time steps of an image.</param>
internal sealed class RecurrentBatchPool(RecurrentLayers layers, int steps) : IDisposable
{
    private RecurrentBatch? idle;

    /// <summary>Returns a batch that is not in use. Pass it to <see cref="Return"/> afterwards; otherwise the finalizer releases its memory.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="keepsAllSteps">Whether to keep all steps, which a backward pass needs.</param>
    public RecurrentBatch Rent(int images, bool keepsAllSteps)
    {
        RecurrentBatch? batch = Interlocked.Exchange(ref idle, null);
        if (batch?.Fits(images, keepsAllSteps) == true)
        {
            return batch;
        }

        batch?.Dispose();
        return new RecurrentBatch(layers, images, steps, keepsAllSteps);
    }

    /// <summary>Returns a batch to the pool. Call it at most once per batch.</summary>
    public void Return(RecurrentBatch batch) => Interlocked.Exchange(ref idle, batch)?.Dispose();

    public void Dispose() => Interlocked.Exchange(ref idle, null)?.Dispose();
}
