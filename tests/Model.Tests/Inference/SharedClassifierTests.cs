using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Testing;

namespace RnnService.Model.Tests.Inference;

/// <summary>A network that has several owners: who serves it, who asks it, and who keeps it ready.</summary>
public class SharedClassifierTests
{
    private static readonly DigitImage Image = new(Mnist.Data.Test.Pixels(0));

    [Fact]
    public void The_last_owner_takes_the_network_along()
    {
        StuckNetwork network = new();
        DigitClassifier classifier = new(network, FreshClassifier.Identity(1));
        Assert.Same(classifier, classifier.Share());

        classifier.Dispose();
        Assert.False(network.IsDisposed);
        classifier.Dispose();
        Assert.True(network.IsDisposed);
    }

    [Fact]
    public async Task Another_network_answers_for_those_who_ask_it_also_in_one_batch_with_the_one_that_serves()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        batcher.Activate(FreshClassifier.Create(version: 1));
        using DigitClassifier other = FreshClassifier.Create(version: 2);
        StuckNetwork stuck = new();
        using DigitClassifier holdsUp = new(stuck, FreshClassifier.Identity(3));

        Task<Prediction> first = batcher.ClassifyAsync(Image, holdsUp);
        await stuck.Asked.WaitAsync();
        Task<Prediction>[] mixed = [.. new[] { null, other, other, null, other }.Select(by => batcher.ClassifyAsync(Image, by))];
        stuck.Let.Release();

        Assert.Equal([1, 2, 2, 1, 2], (await Task.WhenAll(mixed)).Select(answer => answer.Model.Version));
        Assert.Equal(3, (await first).Model.Version);
    }

    [Fact]
    public async Task A_fault_of_one_network_does_not_reach_those_who_asked_another()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        batcher.Activate(FreshClassifier.Create(version: 1));
        StuckNetwork stuck = new() { Fault = new InvalidOperationException("broken") };
        using DigitClassifier broken = new(stuck, FreshClassifier.Identity(2));

        Task<Prediction> first = batcher.ClassifyAsync(Image, broken);
        await stuck.Asked.WaitAsync();
        Task<Prediction> well = batcher.ClassifyAsync(Image);
        Task<Prediction> ill = batcher.ClassifyAsync(Image, broken);
        stuck.Let.Release(2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ill);
        Assert.Equal(1, (await well).Model.Version);
    }

    [Fact]
    public async Task A_network_that_is_let_go_while_it_is_asked_or_waited_for_is_not_taken_away()
    {
        PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 1, QueueLimit: 100));
        StuckNetwork network = new();
        DigitClassifier kept = new(network, FreshClassifier.Identity(1));

        Task<Prediction> asked = batcher.ClassifyAsync(Image, kept);
        await network.Asked.WaitAsync();
        Task<Prediction> waiting = batcher.ClassifyAsync(Image, kept);
        kept.Dispose();
        network.Let.Release(2);
        await Task.WhenAll(asked, waiting);
        batcher.Dispose();

        Assert.Equal((false, true), (network.WasTakenAway, network.IsDisposed));
    }

    [Fact]
    public async Task Neither_who_was_refused_nor_who_left_keeps_a_network()
    {
        PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 1, QueueLimit: 1));
        StuckNetwork serves = new();
        batcher.Activate(new DigitClassifier(serves, FreshClassifier.Identity(1)));
        StuckNetwork network = new();
        DigitClassifier kept = new(network, FreshClassifier.Identity(2));
        using CancellationTokenSource leaving = new();

        Task<Prediction> asked = batcher.ClassifyAsync(Image);
        await serves.Asked.WaitAsync();
        Task<Prediction> left = batcher.ClassifyAsync(Image, kept, cancellation: leaving.Token);
        await Assert.ThrowsAsync<PredictionQueueFullException>(() => batcher.ClassifyAsync(Image, kept));
        await leaving.CancelAsync();
        kept.Dispose();
        serves.Let.Release();
        await asked;
        batcher.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Empty(network.BatchSizes);
        Assert.True(network.IsDisposed);
    }

    [Fact]
    public async Task Traces_and_plain_questions_are_answered_in_one_batch()
    {
        using PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 8, QueueLimit: 100));
        batcher.Activate(FreshClassifier.Create(version: 1));
        using DigitClassifier alone = FreshClassifier.Create(version: 1);
        StuckNetwork stuck = new();
        using DigitClassifier holdsUp = new(stuck, FreshClassifier.Identity(2));
        DigitImage[] images = [.. Enumerable.Range(0, 6).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i)))];

        Task<Prediction> first = batcher.ClassifyAsync(Image, holdsUp);
        await stuck.Asked.WaitAsync();
        Task<Prediction>[] mixed = [.. images.Select((image, i) => batcher.ClassifyAsync(image, trace: i % 3 == 1))];
        stuck.Let.Release();
        Prediction[] answers = await Task.WhenAll(mixed);
        await first;

        Assert.Equal([null, 28, null, null, 28, null], answers.Select(answer => answer.Trace?.Count));
        for (int i = 0; i < images.Length; i++)
        {
            Assert.All(alone.Classify([images[i]])[0].Probabilities.Zip(answers[i].Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }
}
