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
    public async Task Answers_each_caller_with_its_own_image_s_digit()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        batcher.Activate(FreshClassifier.Create(version: 1));
        using DigitClassifier alone = FreshClassifier.Create(version: 1);
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
    public async Task Takes_all_who_wait_together_and_passes_over_those_who_left()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, FreshClassifier.Identity(1)));
        using CancellationTokenSource leaving = new();

        Task<Prediction> first = batcher.ClassifyAsync(Image);
        await network.Asked.WaitAsync();
        Task<Prediction>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => batcher.ClassifyAsync(Image))];
        Task<Prediction> left = batcher.ClassifyAsync(Image, cancellation: leaving.Token);
        await leaving.CancelAsync();
        network.Let.Release(2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal([1, 5], network.BatchSizes);
    }

    [Fact]
    public async Task Refuses_at_once_when_the_queue_is_full_and_goes_on_after()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 1, QueueLimit: 2));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, FreshClassifier.Identity(1)));

        Task<Prediction> asked = batcher.ClassifyAsync(Image);
        await network.Asked.WaitAsync();
        Task<Prediction>[] waiting = [batcher.ClassifyAsync(Image), batcher.ClassifyAsync(Image)];

        await Assert.ThrowsAsync<PredictionQueueFullException>(() => batcher.ClassifyAsync(Image));
        network.Let.Release(4);
        await Task.WhenAll([asked, .. waiting]);
        Assert.Equal(1, (await batcher.ClassifyAsync(Image)).Model.Version);
    }

    [Fact]
    public async Task A_failed_batch_answers_everyone_in_it_and_the_next_is_well()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 8));
        StuckNetwork network = new() { Fault = new InvalidOperationException("broken") };
        network.Let.Release(1);
        batcher.Activate(new DigitClassifier(network, FreshClassifier.Identity(1)));

        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.ClassifyAsync(Image));
        batcher.Activate(FreshClassifier.Create(version: 2));

        Assert.Equal("broken", fault.Message);
        Assert.Equal(2, (await batcher.ClassifyAsync(Image)).Model.Version);
    }

    [Fact]
    public async Task A_swap_takes_no_network_away_from_its_batch_and_every_answer_names_its_model()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 8));
        StuckNetwork network = new();
        batcher.Activate(new DigitClassifier(network, FreshClassifier.Identity(1)));

        Task<Prediction> before = batcher.ClassifyAsync(Image);
        await network.Asked.WaitAsync();
        batcher.Activate(FreshClassifier.Create(version: 2));
        network.Let.Release();

        Assert.Equal(1, (await before).Model.Version);
        Assert.Equal(2, (await batcher.ClassifyAsync(Image)).Model.Version);
        Assert.Equal((false, true), (network.WasTakenAway, network.IsDisposed));
    }

    [Fact]
    public async Task A_batch_waits_for_those_who_come_in_time_and_no_longer_than_until_it_is_full()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 3, QueueLimit: 8, MaxWait: TimeSpan.FromDays(1)));
        StuckNetwork network = new();
        network.Let.Release(2);
        batcher.Activate(new DigitClassifier(network, FreshClassifier.Identity(1)));

        // Only the batch's being full lets the first be answered.
        Task<Prediction> first = batcher.ClassifyAsync(Image);
        await Task.WhenAll([first, batcher.ClassifyAsync(Image), batcher.ClassifyAsync(Image)]);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => batcher.ClassifyAsync(Image)));

        Assert.Equal([3, 3], network.BatchSizes);
    }

    [Fact]
    public async Task Whoever_waits_when_it_ends_is_answered()
    {
        StuckNetwork network = new();
        network.Let.Release(1);
        PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 3, QueueLimit: 8, MaxWait: TimeSpan.FromDays(1)));
        batcher.Activate(new DigitClassifier(network, FreshClassifier.Identity(1)));
        Task<Prediction>[] waiting = [batcher.ClassifyAsync(Image), batcher.ClassifyAsync(Image)];

        batcher.Dispose();

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(1, answer.Model.Version));
        Assert.Equal((false, true), (network.WasTakenAway, network.IsDisposed));
    }

    [Fact]
    public async Task Before_there_is_a_network_it_says_so()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 8));
        Assert.False(batcher.IsServing);
        Assert.Null(batcher.ShareActive());

        Assert.Equal("No model is active.", (await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.ClassifyAsync(Image))).Message);
        batcher.Activate(FreshClassifier.Create(version: 1));

        Assert.True(batcher.IsServing);
        Assert.Equal(1, (await batcher.ClassifyAsync(Image)).Model.Version);
    }

    [Fact]
    public void A_loaded_network_answers_as_the_one_it_was_saved_from()
    {
        using DigitNetwork network = DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, 64), seed: 5);
        using CompiledNetwork loaded = CompiledNetwork.Load(network.ToSafeTensors());
        using CompiledNetwork original = new(network.ToFile());

        Assert.Equal(original.Classify([Image])[0], loaded.Classify([Image])[0]);
    }
}
