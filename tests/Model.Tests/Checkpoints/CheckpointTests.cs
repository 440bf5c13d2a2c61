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
    public void A_training_that_goes_on_from_any_epoch_ends_with_the_same_weights_bit_for_bit(int brokenOffAfter)
    {
        using Trainer whole = new(Settings, Mnist.Data);
        EpochResult[] expected = [.. whole.Train()];
        using Trainer broken = new(Settings, Mnist.Data);
        Assert.Equal(brokenOffAfter, broken.Train().Take(brokenOffAfter).Count());
        byte[] stored = CheckpointCodec.Encode(broken.TakeCheckpoint());

        using Trainer resumed = new(Settings, Mnist.Data, CheckpointCodec.Decode(stored));
        Assert.Equal(brokenOffAfter + 1, resumed.Progress.Epoch);
        EpochResult[] rest = [.. resumed.Train()];

        Assert.Equal(whole.Network.ToSafeTensors(), resumed.Network.ToSafeTensors());
        Assert.Equal(expected[brokenOffAfter..].Select(Reproducible), rest.Select(Reproducible));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void So_does_one_with_everything_on(int brokenOffAfter)
    {
        TrainingSettings settings = Settings with
        {
            TrainingImages = 550,
            Schedule = LearningRateSchedule.OneCycle,
            MaxGradientNorm = 1,
            WeightAveraging = 0.9,
            Augmentation = Augmentation.Distort,
            Dropout = 0.2,
            Patience = 4,
        };
        using Trainer whole = new(settings, Mnist.Data);
        EpochResult[] expected = [.. whole.Train()];
        using Trainer broken = new(settings, Mnist.Data);
        Assert.Equal(brokenOffAfter, broken.Train().Take(brokenOffAfter).Count());
        byte[] stored = CheckpointCodec.Encode(broken.TakeCheckpoint());

        using Trainer resumed = new(settings, Mnist.Data, CheckpointCodec.Decode(stored));
        EpochResult[] rest = [.. resumed.Train()];

        Assert.Equal(expected[brokenOffAfter..].Select(Reproducible), rest.Select(Reproducible));
        Assert.Equal(CheckpointCodec.Encode(whole.TakeCheckpoint()), CheckpointCodec.Encode(resumed.TakeCheckpoint()));
        Assert.Equal(whole.Network.ToSafeTensors(), resumed.Network.ToSafeTensors());
    }

    [Fact]
    public void A_training_that_stopped_early_stays_stopped_with_the_best_weights_wherever_it_was_broken_off()
    {
        // All of the validation images are learned from, so that soon nothing can be bettered.
        TrainingSettings settings = Settings with { Epochs = 100, TrainingImages = 20, BatchSize = 5, Patience = 2, WeightAveraging = 0.5 };
        DatasetSplit data = Mnist.Data with { Validation = Mnist.Data.Training.Slice(0, 20) };
        using Trainer whole = new(settings, data);
        List<Checkpoint> checkpoints = [];
        foreach (EpochResult result in whole.Train())
        {
            checkpoints.Add(whole.TakeCheckpoint());
        }

        Assert.InRange(checkpoints.Count, 3, 99);
        foreach (Checkpoint checkpoint in checkpoints)
        {
            using Trainer resumed = new(settings, data, checkpoint);
            Assert.Equal(checkpoints.Count - checkpoint.Epoch, resumed.Train().Count());
            Assert.Equal(whole.Network.ToSafeTensors(), resumed.Network.ToSafeTensors());
        }
    }

    [Fact]
    public void After_the_last_epoch_nothing_is_left_to_train()
    {
        using Trainer whole = new(Settings with { Epochs = 1 }, Mnist.Data);
        Assert.Single(whole.Train());

        using Trainer resumed = new(Settings with { Epochs = 1 }, Mnist.Data, whole.TakeCheckpoint());

        Assert.Empty(resumed.Train());
        Assert.Equal(whole.Test(), resumed.Test());
    }

    [Fact]
    public void A_stored_checkpoint_is_read_back_as_it_was()
    {
        byte[] stored = Stored();

        Assert.Equal(stored, CheckpointCodec.Encode(CheckpointCodec.Decode(stored)));
    }

    [Fact]
    public void Refuses_a_checkpoint_of_another_network()
    {
        Checkpoint checkpoint = CheckpointCodec.Decode(Stored());

        Assert.Throws<InvalidDataException>(() => new Trainer(Settings with { HiddenSize = 16 }, Mnist.Data, checkpoint));
        Assert.Throws<InvalidDataException>(() => new Trainer(Settings, Mnist.Data, checkpoint with { FirstMoments = [] }));
        Assert.Throws<InvalidDataException>(() => new Trainer(Settings with { Patience = 1 }, Mnist.Data, checkpoint with { Best = new BestEpoch(1, 1, []) }));
        Assert.Throws<InvalidDataException>(() => new Trainer(Settings with { WeightAveraging = 0.9 }, Mnist.Data, checkpoint));
    }

    [Fact]
    public void Refuses_another_format_by_name()
    {
        SafeTensorsFile file = SafeTensorsFile.Parse(Stored());
        byte[] newer = (file with { Metadata = new Dictionary<string, string>(file.Metadata) { ["format"] = "rnn-service-checkpoint-4" } }).ToBytes();
        byte[] unnumbered = (file with { Metadata = new Dictionary<string, string>(file.Metadata) { ["Epoch"] = "one" } }).ToBytes();

        Assert.Contains("'rnn-service-checkpoint-4'", Assert.Throws<InvalidDataException>(() => CheckpointCodec.Decode(newer)).Message, StringComparison.Ordinal);
        Assert.Contains("'Epoch' is not a number", Assert.Throws<InvalidDataException>(() => CheckpointCodec.Decode(unnumbered)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_the_format_before_this_one()
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
