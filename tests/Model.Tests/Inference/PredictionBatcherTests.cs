using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using RnnService.Testing;

namespace RnnService.Model.Tests.Inference;

public class PredictionBatcherTests
{
    private static readonly DigitImage Image = new(Mnist.Data.Test.Pixels(0));

    [Fact]
    public async Task Each_caller_receives_the_prediction_for_its_own_image()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        batcher.Activate(UntrainedClassifier.Create(version: 1));
        using DigitClassifier alone = UntrainedClassifier.Create(version: 1);
        DigitImage[] images = [.. Enumerable.Range(0, 100).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i)))];

        Prediction[] answers = await Task.WhenAll(images.Select(image => batcher.ClassifyAsync(image)));

        for (int i = 0; i < images.Length; i++)
        {
            Prediction expected = alone.Classify([images[i]])[0];
            Assert.Equal(expected.Digit, answers[i].Digit);
            Assert.Equal(expected.Confidence, answers[i].Confidence, 1e-5);
            Assert.Equal(1, answers[i].Probabilities.Sum(), 1e-5);
        }
    }

    [Fact]
    public async Task Queued_images_form_one_batch_and_cancelled_images_are_skipped()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, UntrainedClassifier.Identity(1)));
        using CancellationTokenSource cancel = new();

        Task<Prediction> first = batcher.ClassifyAsync(Image);
        await network.Started.WaitAsync();
        Task<Prediction>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => batcher.ClassifyAsync(Image))];
        Task<Prediction> cancelled = batcher.ClassifyAsync(Image, cancellation: cancel.Token);
        await cancel.CancelAsync();
        network.Gate.Release(2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal([1, 5], network.BatchSizes);
    }

    [Fact]
    public async Task A_full_queue_rejects_images_immediately_and_accepts_them_again_later()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 1, QueueLimit: 2));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, UntrainedClassifier.Identity(1)));

        Task<Prediction> first = batcher.ClassifyAsync(Image);
        await network.Started.WaitAsync();
        Task<Prediction>[] waiting = [batcher.ClassifyAsync(Image), batcher.ClassifyAsync(Image)];

        await Assert.ThrowsAsync<PredictionQueueFullException>(() => batcher.ClassifyAsync(Image));
        network.Gate.Release(4);
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal(1, (await batcher.ClassifyAsync(Image)).Model.Version);
    }

    [Fact]
    public async Task A_failed_batch_throws_to_its_caller_and_the_next_batch_succeeds()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 8));
        StuckNetwork network = new() { Fault = new InvalidOperationException("broken") };
        network.Gate.Release(1);
        batcher.Activate(new DigitClassifier(network, UntrainedClassifier.Identity(1)));

        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.ClassifyAsync(Image));
        batcher.Activate(UntrainedClassifier.Create(version: 2));

        Assert.Equal("broken", fault.Message);
        Assert.Equal(2, (await batcher.ClassifyAsync(Image)).Model.Version);
    }

    [Fact]
    public async Task Activating_a_model_does_not_dispose_the_network_in_use_and_each_prediction_names_its_model()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 8));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, UntrainedClassifier.Identity(1)));

        Task<Prediction> before = batcher.ClassifyAsync(Image);
        await network.Started.WaitAsync();
        batcher.Activate(UntrainedClassifier.Create(version: 2));
        network.Gate.Release();

        Assert.Equal(1, (await before).Model.Version);
        Assert.Equal(2, (await batcher.ClassifyAsync(Image)).Model.Version);
        Assert.Equal((false, true), (network.WasDisposedInUse, network.IsDisposed));
    }

    [Fact]
    public async Task A_batch_waits_for_more_images_only_until_it_is_full()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 3, QueueLimit: 8, MaxWait: TimeSpan.FromDays(1)));
        StuckNetwork network = new();
        network.Gate.Release(2);
        batcher.Activate(new DigitClassifier(network, UntrainedClassifier.Identity(1)));

        // The first image is answered only when the batch is full.
        Task<Prediction> first = batcher.ClassifyAsync(Image);
        await Task.WhenAll([first, batcher.ClassifyAsync(Image), batcher.ClassifyAsync(Image)]);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => batcher.ClassifyAsync(Image)));

        Assert.Equal([3, 3], network.BatchSizes);
    }

    [Fact]
    public async Task Dispose_answers_queued_images()
    {
        StuckNetwork network = new();
        network.Gate.Release(1);
        PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 3, QueueLimit: 8, MaxWait: TimeSpan.FromDays(1)));
        batcher.Activate(new DigitClassifier(network, UntrainedClassifier.Identity(1)));
        Task<Prediction>[] waiting = [batcher.ClassifyAsync(Image), batcher.ClassifyAsync(Image)];

        batcher.Dispose();

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(1, answer.Model.Version));
        Assert.Equal((false, true), (network.WasDisposedInUse, network.IsDisposed));
    }

    [Fact]
    public async Task Without_an_active_model_ClassifyAsync_throws()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 8));
        Assert.False(batcher.IsServing);
        Assert.Null(batcher.ShareActive());

        Assert.Equal("No model is active.", (await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.ClassifyAsync(Image))).Message);
        batcher.Activate(UntrainedClassifier.Create(version: 1));

        Assert.True(batcher.IsServing);
        Assert.Equal(1, (await batcher.ClassifyAsync(Image)).Model.Version);
    }

    [Fact]
    public void A_loaded_network_gives_the_same_probabilities_as_the_original()
    {
        using DigitNetwork network = DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, 64), seed: 5);
        using CompiledNetwork loaded = CompiledNetwork.Load(network.ToSafeTensors());
        using CompiledNetwork original = new(network.ToFile());

        Assert.Equal(original.Classify([Image])[0].Probabilities, loaded.Classify([Image])[0].Probabilities);
    }
}
