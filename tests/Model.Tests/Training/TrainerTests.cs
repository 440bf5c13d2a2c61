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
    public void The_loss_decreases_and_the_accuracy_is_above_60_percent()
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
    public void CumulativeLoss_is_the_sum_of_all_batch_losses()
    {
        using Trainer trainer = new(Small, Mnist.Data);

        EpochResult[] epochs = [.. trainer.Train()];

        // Each epoch has 20 full batches, whose mean loss is the loss of the epoch.
        Assert.Equal(20 * epochs[0].Loss, epochs[0].CumulativeLoss, 1e-9);
        Assert.Equal(20 * epochs.Sum(epoch => epoch.Loss), epochs[2].CumulativeLoss, 1e-9);
    }

    [Fact]
    public void Weights_are_reproducible_and_depend_on_the_seed()
    {
        byte[] first = Train(Small);

        Assert.Equal(first, Train(Small));
        Assert.NotEqual(first, Train(Small with { Seed = 2 }));
    }

    [Fact]
    public void Weights_are_reproducible_with_all_options_enabled()
    {
        TrainingSettings settings = Small with
        {
            TrainingImages = 500,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            WeightAveraging = 0.99,
            Augmentation = Augmentation.Distort,
            UnaugmentedEpochs = 1,
            Dropout = 0.2,
            Patience = 3,
        };
        byte[] first = Train(settings);

        Assert.Equal(first, Train(settings));
        Assert.NotEqual(first, Train(settings with { Seed = 2 }));
    }

    [Fact]
    public void Every_setting_affects_the_weights()
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
            settings with { Members = 2 },
            settings with { Members = 2, Reading = ReadingOrder.RowsOrColumns },
        ];

        Assert.Equal(variants.Length, variants.Select(variant => Convert.ToHexString(Train(variant))).Distinct().Count());
    }

    [Fact]
    public void The_last_epochs_are_unaugmented()
    {
        // One image, so that the loss of each epoch tells how it was augmented: with almost constant weights, that of the plain image is always the same.
        TrainingSettings settings = Small with { Epochs = 5, TrainingImages = 1, BatchSize = 1, LearningRate = 0.000001, Augmentation = Augmentation.Distort };
        double plain = Losses(settings with { Augmentation = Augmentation.None })[0];

        Assert.Equal([false, false, true, true, true], ArePlain(3));
        Assert.Equal([false, true, true, true, true], ArePlain(4));
        Assert.Equal([false, true, true, true, true], ArePlain(1000));
        Assert.Equal([false, false, false, false, false], ArePlain(0));

        bool[] ArePlain(int unaugmentedEpochs) => [.. Losses(settings with { UnaugmentedEpochs = unaugmentedEpochs }).Select(loss => Math.Abs(loss - plain) < 0.001 * plain)];

        static double[] Losses(TrainingSettings settings)
        {
            using Trainer trainer = new(settings, Mnist.Data);
            return [.. trainer.Train().Select(epoch => epoch.Loss)];
        }
    }

    [Fact]
    public void Each_step_has_its_own_dropout_seed()
    {
        using Trainer trainer = new(Small with { TrainingImages = 100, Dropout = 0.2, Epochs = 4 }, Mnist.Data);

        Assert.Equal(4, trainer.Train().Select(_ => trainer.Network.DropoutSeed).Distinct().Count());
    }

    [Fact]
    public void LearningRate_is_that_of_the_last_step_of_the_epoch()
    {
        TrainingSettings settings = Small with { TrainingImages = 1_000, Schedule = LearningRateSchedule.OneCycle };
        using Trainer trainer = new(settings, Mnist.Data);

        double[] rates = [.. trainer.Train().Select(epoch => epoch.LearningRate)];

        Assert.Equal([9, 19, 29], rates.Select(rate => Enumerable.Range(0, 30).Single(step => rate == LearningRate.At(settings.Schedule, settings.LearningRate, step, 30))));
    }

    [Fact]
    public void Early_stopping_keeps_the_weights_of_the_best_epoch()
    {
        // The validation images are also training images, so validation accuracy soon stops improving.
        DigitDataset validation = Mnist.Data.Training.Slice(0, 20);
        using Trainer trainer = new(Small with { Epochs = 100, TrainingImages = 20, BatchSize = 5, Patience = 3 }, Mnist.Data with { Validation = validation });

        EpochResult[] epochs = [.. trainer.Train()];

        EpochResult best = epochs.MaxBy(epoch => epoch.ValidationAccuracy)!;
        Assert.Equal(best.Epoch + 3, epochs.Length);
        Assert.Equal(best.ValidationLoss, Evaluate(trainer, validation).Loss);
        Assert.NotEqual(best.ValidationLoss, epochs[^1].ValidationLoss);
    }

    [Fact]
    public void Validation_uses_the_averaged_weights_and_training_continues_with_the_unaveraged_weights()
    {
        using Trainer plain = new(Small, Mnist.Data);
        using Trainer averaged = new(Small with { WeightAveraging = 0.9 }, Mnist.Data);

        foreach ((EpochResult expected, EpochResult result) in plain.Train().Zip(averaged.Train()))
        {
            Assert.Equal(expected.Loss, result.Loss);
            Assert.NotEqual(expected.ValidationLoss, result.ValidationLoss);
            Assert.Equal(result.ValidationLoss, Evaluate(averaged, Mnist.Data.Validation).Loss);
        }
    }

    [Fact]
    public void TrainingImages_limits_the_training_set()
    {
        using Trainer trainer = new(Small with { TrainingImages = 150 }, Mnist.Data);

        Assert.Equal(1, trainer.Train().First().Epoch);

        Assert.Equal(new TrainingProgress(1, 3, 2, 2, trainer.Progress.ImagesPerSecond), trainer.Progress);
    }

    [Fact]
    public async Task Cancellation_stops_training_within_an_epoch()
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
    public void Divergence_throws_TrainingDivergedException(double weightAveraging, double? maxGradientNorm)
    {
        // No valid learning rate makes Adam diverge reliably, so the second epoch starts with weights that overflow.
        TrainingSettings settings = Small with { WeightAveraging = weightAveraging, MaxGradientNorm = maxGradientNorm, Patience = 1 };
        using Trainer first = new(settings, Mnist.Data);
        Assert.Equal(1, first.Train().First().Epoch);
        Checkpoint checkpoint = first.TakeCheckpoint();
        using Trainer trainer = new(settings, Mnist.Data, checkpoint with { Weights = Huge(checkpoint.Weights), UnaveragedWeights = Huge(checkpoint.UnaveragedWeights) });

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => trainer.Train().Count());

        Assert.Contains("lower learning rate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluating_an_empty_test_set_gives_an_empty_result()
    {
        using Trainer trainer = new(Small, Mnist.Data with { Test = new DigitDataset(default, default) });

        Assert.Equal(new Evaluation(0, ConfusionMatrix.Empty), trainer.Test());
    }

    private static NamedTensor[] Huge(IReadOnlyList<NamedTensor> tensors) =>
        [.. tensors.Select(tensor => tensor with { Values = Array.ConvertAll(tensor.Values.ToArray(), value => value < 0 ? float.MinValue : float.MaxValue) })];

    private static Evaluation Evaluate(Trainer trainer, DigitDataset data)
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
