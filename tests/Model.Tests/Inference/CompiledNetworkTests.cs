using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Networks;
using RnnService.Model.SafeTensors;
using RnnService.Model.Tests.Networks;
using RnnService.Model.Training;
using RnnService.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Inference;

[Collection(nameof(ParallelRanges))]
public class CompiledNetworkTests
{
    private const double Tolerance = 1e-6;

    private static DigitImage Transposed(DigitImage image) => new([.. Enumerable.Range(0, 784).Select(i => image.Pixels[(i % 28 * 28) + (i / 28)])]);

    private static readonly DigitImage[] Images = [.. Enumerable.Range(0, 130).Select(i => new DigitImage(Mnist.Data.Test.Pixels(i)))];

    public static TheoryData<NetworkType, int, int, bool, ReadingOrder> Kinds { get; } = new()
    {
        { NetworkType.Lstm, 256, 1, false, ReadingOrder.Rows },
        { NetworkType.Lstm, 33, 2, true, ReadingOrder.RowsAndColumns },
        { NetworkType.Lstm, 1, 1, false, ReadingOrder.RowsAndColumns },
        { NetworkType.Gru, 100, 1, false, ReadingOrder.Rows },
        { NetworkType.Gru, 40, 3, true, ReadingOrder.Rows },
        { NetworkType.Rnn, 64, 2, false, ReadingOrder.Rows },
        { NetworkType.Rnn, 21, 1, true, ReadingOrder.RowsAndColumns },
        { NetworkType.Fnn, 256, 1, false, ReadingOrder.Rows },
        { NetworkType.Fnn, 77, 3, false, ReadingOrder.Rows },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Probabilities_are_those_of_the_torch_module(NetworkType type, int hiddenSize, int layers, bool bidirectional, ReadingOrder reading)
    {
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(type, hiddenSize) { Layers = layers, Bidirectional = bidirectional, Reading = reading });
        network.eval();
        using CompiledNetwork compiled = CompiledNetwork.Load(network.ToSafeTensors());
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();

        float[][] expected = [.. network.call(DigitTensors.Images(Mnist.Data.Test, Enumerable.Range(0, Images.Length).ToArray())).softmax(1).data<float>().ToArray().Chunk(10)];

        Assert.Equal(network.Settings, compiled.Settings);
        AssertClose(expected, Probabilities(compiled, Images));
        Assert.True(expected.Max(image => image.Max()) - expected.Min(image => image.Max()) > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Probabilities_do_not_depend_on_the_batch_or_the_cores(NetworkType type, int hiddenSize, int layers, bool bidirectional, ReadingOrder reading)
    {
        using CompiledNetwork network = RandomNetwork.Compile(new NetworkSettings(type, hiddenSize) { Layers = layers, Bidirectional = bidirectional, Reading = reading });
        IReadOnlyList<float>[] expected = Probabilities(network, Images);

        int before = ParallelRanges.Cores;
        try
        {
            foreach (int cores in (int[])[1, 3])
            {
                ParallelRanges.Cores = cores;
                Assert.Equal(expected, Probabilities(network, Images));
                Assert.Equal(expected, Images.Chunk(7).SelectMany(images => Probabilities(network, images)));
                Assert.Equal(expected.Take(5), Images.Take(5).SelectMany(image => Probabilities(network, [image])));
            }
        }
        finally
        {
            ParallelRanges.Cores = before;
        }
    }

    [Theory]
    [InlineData(NetworkType.Lstm, ReadingOrder.Rows, 2)]
    [InlineData(NetworkType.Gru, ReadingOrder.RowsAndColumns, 3)]
    public void Logits_of_several_members_are_the_mean_of_those_of_each(NetworkType type, ReadingOrder reading, int members)
    {
        NetworkSettings settings = new(type, 24) { Reading = reading };
        using DigitNetwork network = RandomNetwork.Create(settings with { Members = members });
        using CompiledNetwork compiled = CompiledNetwork.Load(network.ToSafeTensors());

        Assert.Equal(network.Settings, compiled.Settings);
        float[][] mean = [.. Images.Select(_ => new float[10])];
        foreach (int member in Enumerable.Range(1, members))
        {
            using CompiledNetwork alone = new(MemberNetwork.Of(network, member));
            foreach ((float[] sum, float[] logits) in mean.Zip(alone.Logits(Images)))
            {
                for (int digit = 0; digit < sum.Length; digit++)
                {
                    sum[digit] += logits[digit] / members;
                }
            }
        }

        Assert.All(mean.Zip(compiled.Logits(Images)), image => Assert.All(image.First.Zip(image.Second), pair => Assert.InRange(pair.Second - pair.First, -1e-4f, 1e-4f)));
    }

    [Fact]
    public void Every_second_member_reads_the_columns()
    {
        NetworkSettings settings = new(NetworkType.Lstm, 24);
        using DigitNetwork network = RandomNetwork.Create(settings);
        NetworkFile file = network.ToFile();
        using CompiledNetwork alone = new(file), both = new(MemberNetwork.Twice(file, ReadingOrder.RowsOrColumns));

        IReadOnlyList<float[]> rows = alone.Logits(Images), columns = alone.Logits([.. Images.Select(Transposed)]);

        Assert.All(both.Logits(Images).Index(), image => Assert.All(image.Item.Index(), logit => Assert.Equal((rows[image.Index][logit.Index] + columns[image.Index][logit.Index]) / 2, logit.Item, 1e-4f)));
    }

    [Fact]
    public void The_trainer_evaluates_with_the_same_bits()
    {
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 24, Epochs = 2, TrainingImages = 500 }, Mnist.Data);
        EpochResult[] epochs = [.. trainer.Train()];
        using CompiledNetwork loaded = CompiledNetwork.Load(trainer.Network.ToSafeTensors());

        Assert.Equal(epochs[^1].ValidationLoss, Evaluator.Evaluate(loaded, Mnist.Data.Validation).Loss);
        Assert.Equal(trainer.Test(), Evaluator.Evaluate(loaded, Mnist.Data.Test));
    }

    [Fact]
    public void A_file_without_settings_requires_them_and_different_settings_are_rejected()
    {
        NetworkSettings settings = new(NetworkType.Gru, 8);
        using DigitNetwork network = RandomNetwork.Create(settings);
        byte[] complete = network.ToSafeTensors();
        byte[] bare = new SafeTensorsFile(SafeTensorsFile.Parse(complete).Tensors).ToBytes();

        using CompiledNetwork fromBare = CompiledNetwork.Load(bare, settings);
        using CompiledNetwork fromComplete = CompiledNetwork.Load(complete, settings);

        Assert.Equal(Probabilities(fromComplete, Images), Probabilities(fromBare, Images));
        AssertRejected("does not contain the network's settings", () => CompiledNetwork.Load(bare));
        AssertRejected("different settings", () => CompiledNetwork.Load(complete, settings with { Layers = 2 }));
        AssertRejected("'gru.weight_ih_l1' is missing", () => CompiledNetwork.Load(bare, settings with { Layers = 2 }));
    }

    [Theory]
    [InlineData("format", "rnn-service-network-5", "format is 'rnn-service-network-5'")]
    [InlineData("format", "rnn-service-network-3", "no field 'members'")]
    [InlineData("network", "transformer", "'network' is 'transformer'")]
    [InlineData("network", "0", "'network' is '0'")]
    [InlineData("hiddenSize", "many", "'hiddenSize' is 'many'")]
    [InlineData("hiddenSize", "0", "settings are invalid")]
    [InlineData("layers", "-1", "settings are invalid")]
    [InlineData("layers", "2000000000", "is missing")]
    [InlineData("hiddenSize", "2000000000", "has the shape")]
    [InlineData("bidirectional", "yes", "'bidirectional' is 'yes'")]
    [InlineData("reading", null, "no field 'reading'")]
    [InlineData("dropout", "NaN", "settings are invalid")]
    public void Invalid_settings_in_a_file_are_rejected_by_name(string field, string? value, string fault)
    {
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(NetworkType.Lstm, 8));
        SafeTensorsFile file = SafeTensorsFile.Parse(network.ToSafeTensors());
        Dictionary<string, string> metadata = new(file.Metadata);
        metadata.Remove(field);
        if (value is not null)
        {
            metadata[field] = value;
        }

        AssertRejected(fault, () => CompiledNetwork.Load(new SafeTensorsFile(file.Tensors, metadata).ToBytes()));
    }

    [Fact]
    public void Weights_that_are_not_finite_are_rejected()
    {
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(NetworkType.Lstm, 8));
        NetworkFile file = network.ToFile();
        NamedTensor[] tensors = [.. file.Tensors.SkipLast(1), file.Tensors[^1] with { Values = new float[] { 0, 0, 0, 0, 0, float.NaN, 0, 0, 0, 0 } }];

        AssertRejected("'output.bias' is not finite", () => CompiledNetwork.Load(new NetworkFile(file.Settings, tensors).ToBytes()));
    }

    [Fact]
    public void Nothing_is_classified_without_images()
    {
        using CompiledNetwork network = RandomNetwork.Compile(new NetworkSettings(NetworkType.Lstm, 8));

        Assert.Throws<ArgumentOutOfRangeException>(() => network.Classify([]));
    }

    private static void AssertRejected(string fault, Func<CompiledNetwork> load) =>
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(load).Message, StringComparison.Ordinal);

    private static IReadOnlyList<float>[] Probabilities(CompiledNetwork network, IReadOnlyList<DigitImage> images) => [.. network.Classify(images).Select(image => image.Probabilities)];

    private static void AssertClose(float[][] expected, IReadOnlyList<float>[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(image => image.First.Zip(image.Second).Max(pair => Math.Abs(pair.First - pair.Second))), 0, Tolerance);
    }
}
