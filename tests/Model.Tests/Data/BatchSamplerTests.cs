using RnnService.Model.Data;

namespace RnnService.Model.Tests.Data;

public class BatchSamplerTests
{
    [Fact]
    public void An_epoch_contains_every_image_once_and_a_smaller_last_batch()
    {
        BatchSampler sampler = new(count: 105, batchSize: 10, seed: 1);

        ReadOnlyMemory<int>[] batches = [.. sampler.Batches(epoch: 1)];

        Assert.Equal(sampler.BatchCount, batches.Length);
        Assert.Equal([.. Enumerable.Repeat(10, 10), 5], batches.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 105), Order(sampler, 1).Order());
    }

    [Fact]
    public void Every_epoch_and_seed_has_its_own_reproducible_order()
    {
        int[][] orders = [Order(Sampler(seed: 1), 1), Order(Sampler(seed: 1), 2), Order(Sampler(seed: 2), 1), Order(Sampler(seed: 2), 2)];

        Assert.Equal(orders.Length, orders.Select(order => string.Join(',', order)).Distinct().Count());
        Assert.Equal(orders[3], Order(Sampler(seed: 2), 2));
    }

    private static BatchSampler Sampler(int seed) => new(count: 1000, batchSize: 100, seed);

    private static int[] Order(BatchSampler sampler, int epoch) => [.. sampler.Batches(epoch).SelectMany(batch => batch.ToArray())];
}
