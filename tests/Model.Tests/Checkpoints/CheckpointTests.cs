using RnnService.Model.Checkpoints;
using RnnService.Model.Data;
using RnnService.Model.SafeTensors;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Checkpoints;

public class CheckpointTests
{
    private static readonly TrainingSettings Settings = new() { HiddenSize = 32, Epochs = 4, TrainingImages = 1_050, LearningRate = 0.005 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Resuming_from_any_epoch_gives_bit_identical_weights(int interruptedAfter)
    {
        using Trainer uninterrupted = new(Settings, Mnist.Data);
        EpochResult[] expected = [.. uninterrupted.Train()];
        using Trainer interrupted = new(Settings, Mnist.Data);
        Assert.Equal(interruptedAfter, interrupted.Train().Take(interruptedAfter).Count());
        byte[] stored = CheckpointCodec.Encode(interrupted.TakeCheckpoint());

        using Trainer resumed = new(Settings, Mnist.Data, CheckpointCodec.Decode(stored));
        Assert.Equal(interruptedAfter + 1, resumed.Progress.Epoch);
        EpochResult[] rest = [.. resumed.Train()];

        Assert.Equal(uninterrupted.Network.ToSafeTensors(), resumed.Network.ToSafeTensors());
        Assert.Equal(expected[interruptedAfter..].Select(Reproducible), rest.Select(Reproducible));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Resuming_with_all_options_enabled_gives_bit_identical_weights(int interruptedAfter)
    {
        TrainingSettings settings = Settings with
        {
            TrainingImages = 550,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            WeightAveraging = 0.9,
            Augmentation = Augmentation.Distort,
            UnaugmentedEpochs = 2,
            Dropout = 0.2,
            Patience = 4,
        };
        using Trainer uninterrupted = new(settings, Mnist.Data);
        EpochResult[] expected = [.. uninterrupted.Train()];
        using Trainer interrupted = new(settings, Mnist.Data);
        Assert.Equal(interruptedAfter, interrupted.Train().Take(interruptedAfter).Count());
        byte[] stored = CheckpointCodec.Encode(interrupted.TakeCheckpoint());

        using Trainer resumed = new(settings, Mnist.Data, CheckpointCodec.Decode(stored));
        EpochResult[] rest = [.. resumed.Train()];

        Assert.Equal(expected[interruptedAfter..].Select(Reproducible), rest.Select(Reproducible));
        Assert.Equal(CheckpointCodec.Encode(uninterrupted.TakeCheckpoint()), CheckpointCodec.Encode(resumed.TakeCheckpoint()));
        Assert.Equal(uninterrupted.Network.ToSafeTensors(), resumed.Network.ToSafeTensors());
    }

    [Fact]
    public void Early_stopping_gives_the_same_best_weights_after_resuming_from_any_epoch()
    {
        // The validation images are also training images, so validation accuracy soon stops improving.
        TrainingSettings settings = Settings with { Epochs = 100, TrainingImages = 20, BatchSize = 5, Patience = 2, WeightAveraging = 0.5 };
        DatasetSplit data = Mnist.Data with { Validation = Mnist.Data.Training.Slice(0, 20) };
        using Trainer uninterrupted = new(settings, data);
        List<Checkpoint> checkpoints = [];
        foreach (EpochResult result in uninterrupted.Train())
        {
            checkpoints.Add(uninterrupted.TakeCheckpoint());
        }

        Assert.InRange(checkpoints.Count, 3, 99);
        foreach (Checkpoint checkpoint in checkpoints)
        {
            using Trainer resumed = new(settings, data, checkpoint);
            Assert.Equal(checkpoints.Count - checkpoint.Epoch, resumed.Train().Count());
            Assert.Equal(uninterrupted.Network.ToSafeTensors(), resumed.Network.ToSafeTensors());
        }
    }

    [Fact]
    public void Resuming_after_the_last_epoch_trains_no_more_epochs()
    {
        using Trainer uninterrupted = new(Settings with { Epochs = 1 }, Mnist.Data);
        Assert.Single(uninterrupted.Train());

        using Trainer resumed = new(Settings with { Epochs = 1 }, Mnist.Data, uninterrupted.TakeCheckpoint());

        Assert.Empty(resumed.Train());
        Assert.Equal(uninterrupted.Test(), resumed.Test());
    }

    [Fact]
    public void Encoding_and_decoding_round_trips()
    {
        byte[] stored = Stored();

        Assert.Equal(stored, CheckpointCodec.Encode(CheckpointCodec.Decode(stored)));
    }

    [Fact]
    public void A_checkpoint_that_does_not_match_the_settings_is_rejected()
    {
        Checkpoint checkpoint = CheckpointCodec.Decode(Stored());

        Assert.Throws<InvalidDataException>(() => new Trainer(Settings with { HiddenSize = 16 }, Mnist.Data, checkpoint));
        Assert.Throws<InvalidDataException>(() => new Trainer(Settings, Mnist.Data, checkpoint with { FirstMoments = [] }));
        Assert.Throws<InvalidDataException>(() => new Trainer(Settings with { Patience = 1 }, Mnist.Data, checkpoint with { Best = new BestEpoch(1, 1, []) }));
        Assert.Throws<InvalidDataException>(() => new Trainer(Settings with { WeightAveraging = 0.9 }, Mnist.Data, checkpoint));
    }

    [Fact]
    public void Unknown_formats_and_invalid_metadata_are_rejected_by_name()
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(Stored());
        byte[] newer = (file with { Metadata = new Dictionary<string, string>(file.Metadata) { ["format"] = "rnn-service-checkpoint-4" } }).ToBytes();
        byte[] unnumbered = (file with { Metadata = new Dictionary<string, string>(file.Metadata) { ["Epoch"] = "one" } }).ToBytes();

        Assert.Contains("'rnn-service-checkpoint-4'", Assert.Throws<InvalidDataException>(() => CheckpointCodec.Decode(newer)).Message, StringComparison.Ordinal);
        Assert.Contains("'Epoch' is not a number", Assert.Throws<InvalidDataException>(() => CheckpointCodec.Decode(unnumbered)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_1_checkpoints_are_supported()
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(Stored());
        byte[] older = (file with { Metadata = new Dictionary<string, string>(file.Metadata) { ["format"] = "rnn-service-checkpoint-1" } }).ToBytes();

        using Trainer resumed = new(Settings, Mnist.Data, CheckpointCodec.Decode(older));

        Assert.Equal(2, resumed.Progress.Epoch);
    }

    private static EpochResult Reproducible(EpochResult result) => result with { Seconds = 0, ImagesPerSecond = 0 };

    private static byte[] Stored()
    {
        using Trainer trainer = new(Settings with { Epochs = 1, TrainingImages = 200 }, Mnist.Data);
        Assert.Single(trainer.Train());
        return CheckpointCodec.Encode(trainer.TakeCheckpoint());
    }
}
