using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Kernels.Products;
using RnnService.Model.Networks;
using RnnService.Model.Tests.Inference;
using RnnService.Model.Training;
using RnnService.Testing;
using TorchSharp;

namespace RnnService.Model.Tests;

/// <summary>
/// Counts all tensors of the process, so no other test may run in parallel. TorchSharp 0.107 counts a tensor twice when it becomes
/// a Parameter, but subtracts it only once on disposal. The tests first measure this drift for one network.
/// </summary>
[Collection(nameof(NativeMemoryTests))]
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
public class NativeMemoryTests
{
    [Fact]
    public void Training_and_prediction_do_not_leak_tensors()
    {
        Work(predictions: 1);
        long drift = DriftOfOneNetwork();
        long before = AliveTensors();
        long bytesBefore = NativeFloats.LiveBytes;
        for (int i = 0; i < 3; i++)
        {
            Work(predictions: 1_000);
        }

        Assert.Equal(bytesBefore, NativeFloats.LiveBytes);

        Assert.Equal(before + (3 * drift), AliveTensors());
    }

    [Fact]
    public void A_training_that_is_cancelled_in_an_epoch_disposes_of_its_batches()
    {
        CancelTraining();
        long drift = DriftOfOneNetwork();
        long before = AliveTensors();

        CancelTraining();

        // Without a collection, so that finalizers do not dispose of what the training forgot.
        Assert.Equal(before + drift, torch.Tensor.TotalCount);
    }

    [Theory]
    [InlineData(NetworkType.Lstm, 1, false)]
    [InlineData(NetworkType.Gru, 2, true)]
    [InlineData(NetworkType.Fnn, 2, false)]
    public async Task Predictions_traces_and_shared_classifiers_do_not_leak(NetworkType type, int layers, bool bidirectional)
    {
        long initialBytes = LiveBytes();
        PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 4, QueueLimit: 64));
        batcher.Activate(new DigitClassifier(UntrainedClassifier.Compile(new NetworkSettings(type, 8) { Layers = layers, Bidirectional = bidirectional }, seed: 1), new ModelIdentity(Guid.Empty, 1)));
        await ClassifyAsync(batcher);
        (long tensors, long bytes) = (AliveTensors(), NativeFloats.LiveBytes);

        for (int i = 0; i < 50; i++)
        {
            await ClassifyAsync(batcher);
        }

        Assert.Equal((tensors, bytes), (AliveTensors(), NativeFloats.LiveBytes));
        batcher.Dispose();
        Assert.Equal(initialBytes, LiveBytes());
    }

    [Fact]
    public void Disposed_networks_release_their_memory()
    {
        // The weights of hidden size 1,024 take 17 MB; those of 200 networks would take 3.4 GB.
        NetworkSettings large = new(NetworkType.Lstm, 1024);
        DigitNetwork.Create(large, seed: 1).Dispose();
        long before = NativeHeap.BytesInUse;
        for (int i = 0; i < 200; i++)
        {
            DigitNetwork.Create(large, seed: i).Dispose();
        }

        Assert.InRange(NativeHeap.BytesInUse - before, long.MinValue, 500_000_000);
    }

    private static long DriftOfOneNetwork()
    {
        long start = AliveTensors();
        DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, 8), seed: 1).Dispose();
        return AliveTensors() - start;
    }

    /// <summary>The first batch is refused when the second one is already being prepared.</summary>
    private static void CancelTraining()
    {
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 8, Epochs = 1, TrainingImages = 500 }, Mnist.Data);
        Assert.Throws<OperationCanceledException>(() => trainer.Train(new CancellationToken(canceled: true)).Count());
    }

    private static void Work(int predictions)
    {
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 8, Epochs = 1, TrainingImages = 500 }, Mnist.Data);
        Assert.Single(trainer.Train());
        trainer.Test();
        Assert.Equal(1, trainer.TakeCheckpoint().Epoch);
        using DigitClassifier classifier = new(CompiledNetwork.Load(trainer.Network.ToSafeTensors()), new ModelIdentity(Guid.Empty, 1));
        DigitImage image = new(Mnist.Data.Test.Pixels(0));
        for (int i = 0; i < predictions; i++)
        {
            classifier.Classify([image]);
        }
    }

    /// <summary>Full and partial batches, single and multiple images, with and without trace, for the active model and a shared classifier.</summary>
    private static async Task ClassifyAsync(PredictionBatcher batcher)
    {
        DigitImage image = new(Mnist.Data.Test.Pixels(0));
        using DigitClassifier classifier = batcher.ShareActive()!;
        classifier.WarmUp(batcher.MaxBatch);
        await batcher.ClassifyAsync(image, trace: true);
        await batcher.ClassifyAllAsync([.. Enumerable.Repeat(image, 20)], classifier);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => batcher.ClassifyAsync(image, i % 2 == 0 ? classifier : null, trace: i % 5 == 0)));
    }

    private static long AliveTensors()
    {
        Collect();
        return torch.Tensor.TotalCount;
    }

    /// <summary>Excludes memory of earlier tests that the garbage collector has not yet released.</summary>
    private static long LiveBytes()
    {
        Collect();
        return NativeFloats.LiveBytes;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
