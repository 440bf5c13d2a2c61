namespace RnnService.Model.Kernels.Layers;

/// <summary>Keeps the last batch's native memory for the next batch.</summary>
/// <param name="layers">What the batches go through.</param>
/// <param name="steps">Steps of an image.</param>
internal sealed class RecurrentBatchPool(RecurrentLayers layers, int steps) : IDisposable
{
    private RecurrentBatch? idle;

    /// <summary>A batch of nobody else's. Give it back when it is done with; else its memory goes when it is collected.</summary>
    /// <param name="images">How many images there are.</param>
    /// <param name="remembers">Whether there will be a backward pass.</param>
    public RecurrentBatch Rent(int images, bool remembers)
    {
        RecurrentBatch? batch = Interlocked.Exchange(ref idle, null);
        if (batch?.Fits(images, remembers) == true)
        {
            return batch;
        }

        batch?.Dispose();
        return new RecurrentBatch(layers, images, steps, remembers);
    }

    /// <summary>Gives a batch back, once.</summary>
    public void Return(RecurrentBatch batch) => Interlocked.Exchange(ref idle, batch)?.Dispose();

    public void Dispose() => Interlocked.Exchange(ref idle, null)?.Dispose();
}
