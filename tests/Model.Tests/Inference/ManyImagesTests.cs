using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Testing;

namespace RnnService.Model.Tests.Inference;

/// <summary>Many images of one caller.</summary>
public class ManyImagesTests
{
    private static readonly DigitImage[] Images = [.. Enumerable.Range(0, 50).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i)))];

    [Theory]
    [InlineData(8, 100)]
    [InlineData(100, 3)]
    [InlineData(1, 1)]
    public async Task Are_answered_in_their_order_however_small_the_batches_and_the_queue(int maxBatch, int queueLimit)
    {
        using PredictionBatcher batcher = new(new BatchingSettings(maxBatch, queueLimit));
        using DigitClassifier alone = FreshClassifier.Create(version: 1);
        batcher.Activate(FreshClassifier.Create(version: 1));

        IReadOnlyList<Prediction> answers = await batcher.ClassifyAllAsync(Images);

        Assert.Equal(alone.Classify(Images).Select(answer => answer.Digit), answers.Select(answer => answer.Digit));
        Assert.All(alone.Classify(Images).Zip(answers), pair => Assert.Equal(pair.First.Confidence, pair.Second.Confidence, 1e-5f));
    }

    [Fact]
    public async Task Are_answered_by_the_network_that_is_asked()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(8, 8));
        batcher.Activate(FreshClassifier.Create(version: 1));
        using DigitClassifier other = FreshClassifier.Create(version: 2);

        Assert.All(await batcher.ClassifyAllAsync(Images, other), answer => Assert.Equal(2, answer.Model.Version));
        Assert.Empty(await batcher.ClassifyAllAsync([], other));
    }

    [Fact]
    public async Task Are_refused_at_once_when_the_queue_is_full_and_leave_nothing_behind()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 4, QueueLimit: 4));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, new ModelIdentity(Guid.Empty, 1)));

        Task<Prediction> asked = batcher.ClassifyAsync(Images[0]);
        await network.Asked.WaitAsync();
        Task<Prediction>[] waiting = [batcher.ClassifyAsync(Images[0]), batcher.ClassifyAsync(Images[0])];

        // The network is not let go on before the refusal has come.
        await Assert.ThrowsAsync<PredictionQueueFullException>(() => batcher.ClassifyAllAsync(Images));
        network.Let.Release(2);
        await Task.WhenAll([asked, .. waiting]);

        Assert.Equal([1, 2], network.BatchSizes);
    }

    [Fact]
    public async Task Are_not_asked_about_any_more_when_their_caller_has_left()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 4, QueueLimit: 100));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, new ModelIdentity(Guid.Empty, 1)));
        using CancellationTokenSource leaving = new();

        Task<Prediction> asked = batcher.ClassifyAsync(Images[0]);
        await network.Asked.WaitAsync();
        Task<IReadOnlyList<Prediction>> left = batcher.ClassifyAllAsync(Images, cancellation: leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Task<Prediction> last = batcher.ClassifyAsync(Images[0]);
        network.Let.Release(2);
        await Task.WhenAll(asked, last);

        Assert.Equal([1, 1], network.BatchSizes);
    }

    [Fact]
    public async Task A_fault_of_the_network_is_their_caller_s()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 4, QueueLimit: 100));
        StuckNetwork network = new() { Fault = new InvalidOperationException("broken") };
        network.Let.Release(Images.Length);
        batcher.Activate(new DigitClassifier(network, new ModelIdentity(Guid.Empty, 1)));

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.ClassifyAllAsync(Images))).Message);
    }
}
