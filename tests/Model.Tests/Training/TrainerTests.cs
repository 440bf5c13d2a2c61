using RnnService.Model.Architecture;
using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.Inference;
using RnnService.Model.SafeTensors;
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
    public void The_same_seed_gives_the_same_weights_with_everything_on()
    {
        TrainingSettings settings = Small with
        {
            TrainingImages = 500,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            WeightAveraging = 0.99,
            Augmentation = Augmentation.Distort,
            Dropout = 0.2,
            Patience = 3,
        };
        byte[] first = Train(settings);

        Assert.Equal(first, Train(settings));
        Assert.NotEqual(first, Train(settings with { Seed = 2 }));
    }

    [Fact]
    public void Every_setting_changes_the_weights()
    {
        TrainingSettings settings = Small with { Epochs = 1, TrainingImages = 300 };
        TrainingSettings[] variants =
        [
            settings,
            settings with { Schedule = LearningRateSchedule.OneCycle },
            settings with { MaxGradientNorm = 0.01 },
            settings with { WeightAveraging = 0.9 },
            settings with { Augmentation = Augmentation.Shift },
            settings with { Augmentation = Augmentation.Distort },
            settings with { Dropout = 0.2 },
            settings with { Layers = 2 },
            settings with { Bidirectional = true },
            settings with { Reading = ReadingOrder.RowsAndColumns },
        ];

        Assert.Equal(variants.Length, variants.Select(variant => Convert.ToHexString(Train(variant))).Distinct().Count());
    }

    [Fact]
    public void Drops_other_inputs_at_each_step()
    {
        using Trainer trainer = new(Small with { TrainingImages = 100, Dropout = 0.2, Epochs = 4 }, Mnist.Data);

        Assert.Equal(4, trainer.Train().Select(_ => trainer.Network.DropoutSeed).Distinct().Count());
    }

    [Fact]
    public void Tells_the_learning_rate_of_each_epochs_last_step()
    {
        TrainingSettings settings = Small with { TrainingImages = 1_000, Schedule = LearningRateSchedule.OneCycle };
        using Trainer trainer = new(settings, Mnist.Data);

        double[] rates = [.. trainer.Train().Select(epoch => epoch.LearningRate)];

        Assert.Equal([9, 19, 29], rates.Select(rate => Enumerable.Range(0, 30).Single(step => rate == LearningRate.At(settings.Schedule, settings.LearningRate, step, 30))));
    }

    [Fact]
    public void Stops_when_nothing_gets_better_and_keeps_the_best_epochs_weights()
    {
        // All of the validation images are learned from, so that soon nothing can be bettered.
        DigitDataset validation = Mnist.Data.Training.Slice(0, 20);
        using Trainer trainer = new(Small with { Epochs = 100, TrainingImages = 20, BatchSize = 5, Patience = 3 }, Mnist.Data with { Validation = validation });

        EpochResult[] epochs = [.. trainer.Train()];

        EpochResult best = epochs.MaxBy(epoch => epoch.ValidationAccuracy)!;
        Assert.Equal(best.Epoch + 3, epochs.Length);
        Assert.Equal(best.ValidationLoss, Evaluated(trainer, validation).Loss);
        Assert.NotEqual(best.ValidationLoss, epochs[^1].ValidationLoss);
    }

    [Fact]
    public void Measures_and_keeps_the_averaged_weights_but_trains_on_with_the_others()
    {
        using Trainer plain = new(Small, Mnist.Data);
        using Trainer averaged = new(Small with { WeightAveraging = 0.9 }, Mnist.Data);

        foreach ((EpochResult expected, EpochResult result) in plain.Train().Zip(averaged.Train()))
        {
            Assert.Equal(expected.Loss, result.Loss);
            Assert.NotEqual(expected.ValidationLoss, result.ValidationLoss);
            Assert.Equal(result.ValidationLoss, Evaluated(averaged, Mnist.Data.Validation).Loss);
        }
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

    [Theory]
    [InlineData(0, null)]
    [InlineData(0.9, 1.0)]
    public void Says_so_when_it_diverges(double weightAveraging, double? maxGradientNorm)
    {
        // Adam diverges with no valid learning rate that surely, so the second epoch begins with weights that overflow.
        TrainingSettings settings = Small with { WeightAveraging = weightAveraging, MaxGradientNorm = maxGradientNorm, Patience = 1 };
        using Trainer first = new(settings, Mnist.Data);
        Assert.Equal(1, first.Train().First().Epoch);
        Checkpoint checkpoint = first.TakeCheckpoint();
        using Trainer trainer = new(settings, Mnist.Data, checkpoint with { Weights = Huge(checkpoint.Weights), UnaveragedWeights = Huge(checkpoint.UnaveragedWeights) });

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => trainer.Train().Count());

        Assert.Contains("smaller learning rate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_nothing_on_no_images()
    {
        using Trainer trainer = new(Small, Mnist.Data with { Test = new DigitDataset(default, default) });

        Assert.Equal(new Evaluation(0, ConfusionMatrix.Empty), trainer.Test());
    }

    private static NamedTensor[] Huge(IReadOnlyList<NamedTensor> tensors) =>
        [.. tensors.Select(tensor => tensor with { Values = Array.ConvertAll(tensor.Values.ToArray(), value => value < 0 ? float.MinValue : float.MaxValue) })];

    private static Evaluation Evaluated(Trainer trainer, DigitDataset data)
    {
        using CompiledNetwork network = new(trainer.Network.ToFile());
        return Evaluator.Evaluate(network, data);
    }

    private static byte[] Train(TrainingSettings settings)
    {
        using Trainer trainer = new(settings, Mnist.Data);
        Assert.Equal(settings.Epochs, trainer.Train().Count());
        return trainer.Network.ToSafeTensors();
    }
}
