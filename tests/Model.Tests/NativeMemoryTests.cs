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
/// Counts tensors in the whole process, so no other test may run beside it. TorchSharp 0.107 counts a tensor that moves
/// into a Parameter twice and takes only one away: the drift of a network that is made and disposed of is measured first.
/// </summary>
[Collection(nameof(NativeMemoryTests))]
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
public class NativeMemoryTests
{
    [Fact]
    public void Training_and_predicting_leave_no_tensor_behind()
    {
        Work(predictions: 1);
        long start = AliveTensors();
        DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, 8), seed: 1).Dispose();
        long drift = AliveTensors() - start;

        long before = AliveTensors();
        long bytesBefore = NativeFloats.LiveBytes;
        for (int i = 0; i < 3; i++)
        {
            Work(predictions: 1_000);
        }

        Assert.Equal(bytesBefore, NativeFloats.LiveBytes);

        Assert.Equal(before + (3 * drift), AliveTensors());
    }

    [Theory]
    [InlineData(NetworkType.Lstm, 1, false)]
    [InlineData(NetworkType.Gru, 2, true)]
    [InlineData(NetworkType.Fnn, 2, false)]
    public async Task Answers_traces_and_shares_leave_nothing_behind(NetworkType type, int layers, bool bidirectional)
    {
        long bytesAtFirst = LiveBytes();
        PredictionBatcher batcher = new(new BatchingSettings(MaxBatch: 4, QueueLimit: 64));
        batcher.Activate(new DigitClassifier(FreshClassifier.Compile(new NetworkSettings(type, 8) { Layers = layers, Bidirectional = bidirectional }, seed: 1), new ModelIdentity(Guid.Empty, 1)));
        await AskAsync(batcher);
        (long tensors, long bytes) = (AliveTensors(), NativeFloats.LiveBytes);

        for (int i = 0; i < 50; i++)
        {
            await AskAsync(batcher);
        }

        Assert.Equal((tensors, bytes), (AliveTensors(), NativeFloats.LiveBytes));
        batcher.Dispose();
        Assert.Equal(bytesAtFirst, LiveBytes());
    }

    [Fact]
    public void Networks_that_are_disposed_of_give_their_memory_back()
    {
        // 1,024 units are 17 MB: 200 of them, if they stayed, would be 3.4 GB.
        NetworkSettings large = new(NetworkType.Lstm, 1024);
        DigitNetwork.Create(large, seed: 1).Dispose();
        long before = Environment.WorkingSet;
        for (int i = 0; i < 200; i++)
        {
            DigitNetwork.Create(large, seed: i).Dispose();
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 500_000_000);
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

    /// <summary>As many images as a batch takes at least once, alone and together, traced and not, from one owner of the network and many.</summary>
    private static async Task AskAsync(PredictionBatcher batcher)
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

    /// <summary>Without those that other tests left to the collector.</summary>
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
