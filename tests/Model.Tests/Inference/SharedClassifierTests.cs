using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Testing;

namespace RnnService.Model.Tests.Inference;

/// <summary>A classifier with several owners: the active model, queued requests, and the model cache.</summary>
public class SharedClassifierTests
{
    private static readonly DigitImage Image = new(Mnist.Data.Test.Pixels(0));

    [Fact]
    public void The_network_is_disposed_with_its_last_owner()
    {
        StuckNetwork network = new();
        DigitClassifier classifier = new(network, UntrainedClassifier.Identity(1));
        Assert.Same(classifier, classifier.Share());

        classifier.Dispose();
        Assert.False(network.IsDisposed);
        classifier.Dispose();
        Assert.True(network.IsDisposed);
    }

    [Fact]
    public async Task A_batch_can_mix_images_for_several_models()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        batcher.Activate(UntrainedClassifier.Create(version: 1));
        using DigitClassifier other = UntrainedClassifier.Create(version: 2);
        StuckNetwork stuck = new();
        using DigitClassifier blocking = new(stuck, UntrainedClassifier.Identity(3));

        Task<Prediction> first = batcher.ClassifyAsync(Image, blocking);
        await stuck.Started.WaitAsync();
        Task<Prediction>[] mixed = [.. new[] { null, other, other, null, other }.Select(by => batcher.ClassifyAsync(Image, by))];
        stuck.Gate.Release();

        Assert.Equal([1, 2, 2, 1, 2], (await Task.WhenAll(mixed)).Select(answer => answer.Model.Version));
        Assert.Equal(3, (await first).Model.Version);
    }

    [Fact]
    public async Task An_exception_in_one_network_does_not_affect_images_for_another()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        batcher.Activate(UntrainedClassifier.Create(version: 1));
        StuckNetwork stuck = new() { Fault = new InvalidOperationException("broken") };
        using DigitClassifier broken = new(stuck, UntrainedClassifier.Identity(2));

        Task<Prediction> first = batcher.ClassifyAsync(Image, broken);
        await stuck.Started.WaitAsync();
        Task<Prediction> succeeding = batcher.ClassifyAsync(Image);
        Task<Prediction> failing = batcher.ClassifyAsync(Image, broken);
        stuck.Gate.Release(2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(1, (await succeeding).Model.Version);
    }

    [Fact]
    public async Task A_network_is_not_disposed_while_images_for_it_are_queued_or_running()
    {
        PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 1, QueueLimit: 100));
        StuckNetwork network = new();
        DigitClassifier kept = new(network, UntrainedClassifier.Identity(1));

        Task<Prediction> running = batcher.ClassifyAsync(Image, kept);
        await network.Started.WaitAsync();
        Task<Prediction> waiting = batcher.ClassifyAsync(Image, kept);
        kept.Dispose();
        network.Gate.Release(2);
        await Task.WhenAll(running, waiting);
        batcher.Dispose();

        Assert.Equal((false, true), (network.WasDisposedInUse, network.IsDisposed));
    }

    [Fact]
    public async Task Rejected_and_cancelled_images_do_not_keep_a_network_alive()
    {
        PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 1, QueueLimit: 1));
        StuckNetwork active = new();
        batcher.Activate(new DigitClassifier(active, UntrainedClassifier.Identity(1)));
        StuckNetwork network = new();
        DigitClassifier kept = new(network, UntrainedClassifier.Identity(2));
        using CancellationTokenSource cancel = new();

        Task<Prediction> running = batcher.ClassifyAsync(Image);
        await active.Started.WaitAsync();
        Task<Prediction> cancelled = batcher.ClassifyAsync(Image, kept, cancellation: cancel.Token);
        await Assert.ThrowsAsync<PredictionQueueFullException>(() => batcher.ClassifyAsync(Image, kept));
        await cancel.CancelAsync();
        kept.Dispose();
        active.Gate.Release();
        await running;
        batcher.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Empty(network.BatchSizes);
        Assert.True(network.IsDisposed);
    }

    [Fact]
    public async Task A_batch_can_mix_traces_and_plain_predictions()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        batcher.Activate(UntrainedClassifier.Create(version: 1));
        using DigitClassifier alone = UntrainedClassifier.Create(version: 1);
        StuckNetwork stuck = new();
        using DigitClassifier blocking = new(stuck, UntrainedClassifier.Identity(2));
        DigitImage[] images = [.. Enumerable.Range(0, 6).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i)))];

        Task<Prediction> first = batcher.ClassifyAsync(Image, blocking);
        await stuck.Started.WaitAsync();
        Task<Prediction>[] mixed = [.. images.Select((image, i) => batcher.ClassifyAsync(image, trace: i % 3 == 1))];
        stuck.Gate.Release();
        Prediction[] answers = await Task.WhenAll(mixed);
        await first;

        Assert.Equal([null, 28, null, null, 28, null], answers.Select(answer => answer.Trace?.Count));
        for (int i = 0; i < images.Length; i++)
        {
            Assert.All(alone.Classify([images[i]])[0].Probabilities.Zip(answers[i].Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }
}
