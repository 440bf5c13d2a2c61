using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Testing;

namespace RnnService.Model.Tests.Inference;

/// <summary><see cref="PredictionBatcher.ClassifyAllAsync"/>: several images in one call.</summary>
public class ClassifyAllTests
{
    private static readonly DigitImage[] Images = [.. Enumerable.Range(0, 50).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i)))];

    [Theory]
    [InlineData(8, 100)]
    [InlineData(100, 3)]
    [InlineData(1, 1)]
    public async Task Predictions_are_in_the_order_of_the_images_for_any_batch_size_and_queue_limit(int maxBatch, int queueLimit)
    {
        using PredictionBatcher batcher = new(new BatchingSettings(maxBatch, queueLimit));
        using DigitClassifier alone = UntrainedClassifier.Create(version: 1);
        batcher.Activate(UntrainedClassifier.Create(version: 1));

        IReadOnlyList<Prediction> answers = await batcher.ClassifyAllAsync(Images);

        Assert.Equal(alone.Classify(Images).Select(answer => answer.Digit), answers.Select(answer => answer.Digit));
        Assert.All(alone.Classify(Images).Zip(answers), pair => Assert.Equal(pair.First.Confidence, pair.Second.Confidence, 1e-5f));
    }

    [Fact]
    public async Task Predictions_come_from_the_given_classifier()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(8, 8));
        batcher.Activate(UntrainedClassifier.Create(version: 1));
        using DigitClassifier other = UntrainedClassifier.Create(version: 2);

        Assert.All(await batcher.ClassifyAllAsync(Images, other), answer => Assert.Equal(2, answer.Model.Version));
        Assert.Empty(await batcher.ClassifyAllAsync([], other));
    }

    [Fact]
    public async Task Traces_are_returned_if_requested()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(8, 100));
        batcher.Activate(UntrainedClassifier.Create(version: 1));

        Assert.All(await batcher.ClassifyAllAsync(Images), answer => Assert.Null(answer.Trace));
        Assert.All(await batcher.ClassifyAllAsync(Images, trace: true), answer => Assert.Equal(answer.Probabilities, answer.Trace![^1]));
    }

    [Fact]
    public async Task A_full_queue_rejects_all_images_immediately()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 4, QueueLimit: 4));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, new ModelIdentity(Guid.Empty, 1)));

        Task<Prediction> first = batcher.ClassifyAsync(Images[0]);
        await network.Started.WaitAsync();
        Task<Prediction>[] waiting = [batcher.ClassifyAsync(Images[0]), batcher.ClassifyAsync(Images[0])];

        // The network stays blocked until the call is rejected.
        await Assert.ThrowsAsync<PredictionQueueFullException>(() => batcher.ClassifyAllAsync(Images));
        network.Gate.Release(2);
        await Task.WhenAll([first, .. waiting]);

        Assert.Equal([1, 2], network.BatchSizes);
    }

    [Fact]
    public async Task Cancelled_images_are_skipped()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 4, QueueLimit: 100));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, new ModelIdentity(Guid.Empty, 1)));
        using CancellationTokenSource cancel = new();

        Task<Prediction> first = batcher.ClassifyAsync(Images[0]);
        await network.Started.WaitAsync();
        Task<IReadOnlyList<Prediction>> cancelled = batcher.ClassifyAllAsync(Images, cancellation: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Task<Prediction> last = batcher.ClassifyAsync(Images[0]);
        network.Gate.Release(2);
        await Task.WhenAll(first, last);

        Assert.Equal([1, 1], network.BatchSizes);
    }

    [Fact]
    public async Task An_exception_in_the_network_is_thrown_to_the_caller()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 4, QueueLimit: 100));
        StuckNetwork network = new() { Fault = new InvalidOperationException("broken") };
        network.Gate.Release(Images.Length);
        batcher.Activate(new DigitClassifier(network, new ModelIdentity(Guid.Empty, 1)));

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.ClassifyAllAsync(Images))).Message);
    }
}
