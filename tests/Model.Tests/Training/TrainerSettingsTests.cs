using RnnService.Model.Architecture;
using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

/// <summary>Settings and checkpoints that a trainer rejects before training starts.</summary>
public class TrainerSettingsTests
{
    private static readonly TrainingSettings Small = new() { HiddenSize = 8, Epochs = 2, TrainingImages = 200 };

    public static TheoryData<TrainingSettings, string> Invalid { get; } = new()
    {
        { Small with { HiddenSize = 0 }, "HiddenSize must be from 1 to 1024." },
        { Small with { Layers = 5 }, "Layers must be from 1 to 4." },
        { Small with { Epochs = 0 }, "Epochs must be from 1 to 1000." },
        { Small with { BatchSize = 0 }, "BatchSize must be from 1 to 1000." },
        { Small with { LearningRate = 2 }, "LearningRate must be from 0.000001 to 1." },
        { Small with { LearningRate = double.NaN }, "LearningRate must be" },
        { Small with { MaxGradientNorm = 0 }, "MaxGradientNorm must be" },
        { Small with { WeightAveraging = 1 }, "WeightAveraging must be" },
        { Small with { UnaugmentedEpochs = -1 }, "UnaugmentedEpochs must be from 0 to 1000." },
        { Small with { Dropout = 0.95 }, "Dropout must be" },
        { Small with { Patience = 0 }, "Patience must be" },
        { Small with { Seed = -1 }, "Seed must be" },
        { Small with { Network = NetworkType.Fnn, Bidirectional = true }, "Bidirectional" },
        { Small with { Network = NetworkType.Fnn, Members = 2 }, "Members" },
        { Small with { Reading = ReadingOrder.RowsOrColumns }, "Reading can be rowsOrColumns only" },
        { Small with { TrainingImages = 55_001 }, "TrainingImages must be at most 55000" },
        { Small with { HiddenSize = 1024, Layers = 4, Bidirectional = true, Reading = ReadingOrder.RowsAndColumns }, "HiddenSize" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Settings_out_of_range_are_rejected_by_name(TrainingSettings settings, string fault)
    {
        Assert.Contains(fault, Assert.Throws<ArgumentException>(() => new Trainer(settings, Mnist.Data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_invalid_settings_are_named_at_once()
    {
        string message = Assert.Throws<ArgumentException>(() => new Trainer(Small with { Epochs = 0, Dropout = 1, TrainingImages = 60_000 }, Mnist.Data)).Message;

        Assert.All((string[])["Epochs", "Dropout", "TrainingImages"], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_dataset_without_training_images_is_rejected()
    {
        DatasetSplit empty = Mnist.Data with { Training = new DigitDataset(default, default) };

        Assert.Contains("no training images", Assert.Throws<ArgumentException>(() => new Trainer(Small with { TrainingImages = null }, empty)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_with_different_settings_is_rejected()
    {
        Checkpoint checkpoint = TakeCheckpoint(Small);
        TrainingSettings[] others =
        [
            Small with { Epochs = 3 },
            Small with { BatchSize = 50 },
            Small with { LearningRate = 0.002 },
            Small with { Schedule = LearningRateSchedule.OneCycle },
            Small with { MaxGradientNorm = 1 },
            Small with { Augmentation = Augmentation.Shift },
            Small with { UnaugmentedEpochs = 1 },
            Small with { Dropout = 0.1 },
            Small with { Seed = 2 },
            Small with { TrainingImages = 300 },
            Small with { Dataset = "letters" },
        ];

        Assert.All(others, settings => Assert.Contains("different training settings", Assert.Throws<InvalidDataException>(() => new Trainer(settings, Mnist.Data, checkpoint)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_name_of_the_preset_does_not_affect_the_fingerprint()
    {
        using Trainer resumed = new(Small with { Preset = TrainingPreset.Fast }, Mnist.Data, TakeCheckpoint(Small));

        Assert.Equal(2, resumed.Progress.Epoch);
    }

    /// <summary>A stored fingerprint of an earlier version must not change when settings with neutral defaults are added.</summary>
    [Fact]
    public void Fingerprints_are_the_same_in_every_version()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", TrainingFingerprint.Of(new TrainingSettings()));
        TrainingSettings settings = new()
        {
            Preset = TrainingPreset.Accurate,
            HiddenSize = 128,
            Layers = 2,
            Bidirectional = true,
            Reading = ReadingOrder.RowsAndColumns,
            Epochs = 12,
            BatchSize = 96,
            LearningRate = 0.004,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            Augmentation = Augmentation.Distort,
            Dropout = 0.2,
            Patience = 3,
            WeightAveraging = 0.99,
            Seed = 5,
            TrainingImages = 1_000,
        };
        Assert.Equal("47f32a09cf6c6c49ed16deaeed6f18ab9299b8f126bc3f1d4f31cb9024acf136", TrainingFingerprint.Of(settings));
    }

    private static Checkpoint TakeCheckpoint(TrainingSettings settings)
    {
        using Trainer trainer = new(settings, Mnist.Data);
        Assert.Equal(1, trainer.Train().First().Epoch);
        return trainer.TakeCheckpoint();
    }
}
