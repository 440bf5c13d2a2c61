namespace RnnService.Model.Data;

/// <summary>
/// Draws batches without replacement, in another order each epoch. The order depends on the seed and the epoch alone, so
/// a training that goes on in the middle sees what it would have seen.
/// </summary>
/// <param name="count">How many images there are to draw from.</param>
/// <param name="batchSize">How many a batch has; the last one of an epoch has what is left.</param>
/// <param name="seed">What the orders are drawn from.</param>
public sealed class BatchSampler(int count, int batchSize, int seed)
{
    // Keeps the seeds of neighbouring runs' epochs apart for the first million epochs.
    private const int EpochStride = 1_000_003;

    /// <summary>How many batches an epoch has.</summary>
    public int BatchCount { get; } = (count + batchSize - 1) / batchSize;

    /// <summary>An epoch's batches, as indices of images.</summary>
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
