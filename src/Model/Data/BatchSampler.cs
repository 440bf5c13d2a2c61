namespace RnnService.Model.Data;

/// <summary>
/// Splits the images into batches, in a different random order in each epoch. The order depends only on the seed and the epoch, so a resumed training gets the
/// same batches as an uninterrupted one.
/// </summary>
/// <param name="count">Number of images.</param>
/// <param name="batchSize">Number of images in a batch. The last batch of an epoch may be smaller.</param>
/// <param name="seed">Seed of the order.</param>
public sealed class BatchSampler(int count, int batchSize, int seed)
{
    // For the first million epochs, consecutive seeds never produce the same order.
    private const int EpochStride = 1_000_003;

    /// <summary>Number of batches in an epoch.</summary>
    public int BatchCount { get; } = (count + batchSize - 1) / batchSize;

    /// <summary>Returns the batches of an epoch as image indices.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public IEnumerable<ReadOnlyMemory<int>> Batches(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(unchecked((seed * EpochStride) + epoch) & int.MaxValue).Shuffle(order);

        for (int batch = 0; batch < BatchCount; batch++)
        {
            int start = batch * batchSize;
            yield return order.AsMemory(start, Math.Min(batchSize, count - start));
        }
    }
}
