using RnnService.Model.Data;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

public class TrainerTests
{
    private static readonly TrainingSettings Small = new() { HiddenSize = 32, Epochs = 3, TrainingImages = 2_000, LearningRate = 0.005 };

    [Fact]
    public void The_loss_falls_and_the_network_learns()
    {
        using Trainer trainer = new(Small, Mnist.Data);

        EpochResult[] epochs = [.. trainer.Train()];

        Assert.Equal([1, 2, 3], epochs.Select(epoch => epoch.Epoch));
        Assert.True(epochs[2].Loss < epochs[1].Loss && epochs[1].Loss < epochs[0].Loss);
        Assert.True(epochs[2].ValidationLoss < epochs[0].ValidationLoss);
        Assert.InRange(epochs[2].ValidationAccuracy, 0.6, 1);
        Assert.InRange(trainer.Test().Accuracy, 0.6, 1);
    }

    [Fact]
    public void Cumulative_loss_adds_up_the_batches_as_the_article_prints_it()
    {
        using Trainer trainer = new(Small, Mnist.Data);

        EpochResult[] epochs = [.. trainer.Train()];

        // 20 full batches an epoch: their mean is the epoch's loss.
        Assert.Equal(20 * epochs[0].Loss, epochs[0].CumulativeLoss, 1e-9);
        Assert.Equal(20 * epochs.Sum(epoch => epoch.Loss), epochs[2].CumulativeLoss, 1e-9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_bit_for_bit_and_another_does_not()
    {
        byte[] first = Train(Small);

        Assert.Equal(first, Train(Small));
        Assert.NotEqual(first, Train(Small with { Seed = 2 }));
    }

    [Fact]
    public void Uses_only_as_many_training_images_as_asked()
    {
        using Trainer trainer = new(Small with { TrainingImages = 150 }, Mnist.Data);

        Assert.Equal(1, trainer.Train().First().Epoch);

        Assert.Equal(new TrainingProgress(1, 3, 2, 2, trainer.Progress.ImagesPerSecond), trainer.Progress);
    }

    [Fact]
    public async Task Stops_in_the_middle_of_an_epoch_when_cancelled()
    {
        using CancellationTokenSource cancel = new();
        using Trainer trainer = new(Small with { TrainingImages = null }, Mnist.Data);
        Task canceller = Task.Run(() =>
        {
            SpinWait.SpinUntil(() => trainer.Progress.Batch > 0);
            cancel.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => trainer.Train(cancel.Token).Count());

        await canceller;
        Assert.InRange(trainer.Progress.Batch, 1, trainer.Progress.Batches - 1);
    }

    [Fact]
    public void Says_so_when_it_diverges()
    {
        using Trainer trainer = new(Small with { LearningRate = 1e37 }, Mnist.Data);

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => trainer.Train().Count());

        Assert.Contains("smaller learning rate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_nothing_on_no_images()
    {
        using Trainer trainer = new(Small, Mnist.Data with { Test = new DigitDataset(default, default) });

        Assert.Equal(new Evaluation(0, ConfusionMatrix.Empty), trainer.Test());
    }

    private static byte[] Train(TrainingSettings settings)
    {
        using Trainer trainer = new(settings, Mnist.Data);
        Assert.Equal(settings.Epochs, trainer.Train().Count());
        return trainer.Network.ToSafeTensors();
    }
}
