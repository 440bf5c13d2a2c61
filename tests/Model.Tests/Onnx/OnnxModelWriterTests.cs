using Microsoft.ML.OnnxRuntime;
using RnnService.Model.Architecture;
using RnnService.Model.Data;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using RnnService.Model.Onnx;
using RnnService.Model.SafeTensors;
using RnnService.Model.Tests.Networks;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Onnx;

public class OnnxModelWriterTests
{
    private static readonly NetworkSettings Small = new(NetworkType.Lstm, 8);

    public static TheoryData<NetworkType, int, bool, ReadingOrder> Networks => new(
        from network in Enum.GetValues<NetworkType>()
        from layers in new[] { 1, 2, 3 }
        from bidirectional in network == NetworkType.Fnn ? [false] : new[] { false, true }
        from reading in network == NetworkType.Fnn ? [ReadingOrder.Rows] : Enum.GetValues<ReadingOrder>()
        select (network, layers, bidirectional, reading));

    [Fact]
    public void ONNX_Runtime_gives_the_same_predictions_as_a_trained_network()
    {
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 48, Epochs = 2, TrainingImages = 4_000, LearningRate = 0.005 }, Mnist.Data);
        EpochResult[] epochs = [.. trainer.Train()];

        Assert.InRange(epochs[^1].ValidationAccuracy, 0.7, 1);
        AssertSamePredictions(trainer.Network.ToSafeTensors());
        AssertSamePredictions(trainer.Calibrate().ToBytes());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ONNX_Runtime_gives_the_same_predictions_for_every_network_type(NetworkType network, int layers, bool bidirectional, ReadingOrder reading)
    {
        using DigitNetwork original = RandomNetwork.Create(new NetworkSettings(network, 12) { Layers = layers, Bidirectional = bidirectional, Reading = reading, Members = reading == ReadingOrder.RowsOrColumns ? 2 : 1 });

        AssertSamePredictions(original.ToSafeTensors());
    }

    [Theory]
    [InlineData(NetworkType.Lstm, ReadingOrder.Rows)]
    [InlineData(NetworkType.Gru, ReadingOrder.RowsAndColumns)]
    [InlineData(NetworkType.Lstm, ReadingOrder.RowsOrColumns)]
    public void ONNX_Runtime_gives_the_same_predictions_for_several_members(NetworkType network, ReadingOrder reading)
    {
        using DigitNetwork original = RandomNetwork.Create(new NetworkSettings(network, 12) { Reading = reading, Members = 3 });

        AssertSamePredictions(original.ToSafeTensors());
    }

    [Theory]
    [InlineData(NetworkType.Fnn, ReadingOrder.Rows)]
    [InlineData(NetworkType.Rnn, ReadingOrder.Rows)]
    [InlineData(NetworkType.Lstm, ReadingOrder.RowsOrColumns)]
    public void ONNX_Runtime_gives_the_same_calibrated_predictions(NetworkType network, ReadingOrder reading)
    {
        using DigitNetwork original = RandomNetwork.Create(new NetworkSettings(network, 12) { Reading = reading, Members = reading == ReadingOrder.RowsOrColumns ? 2 : 1 });
        NetworkFile file = original.ToFile();

        // Each prototype is a direction of one feature, and all images are less similar than usual.
        int features = file.Settings.FeatureCount;
        NamedTensor prototypes = new("calibration.prototypes", [features, features], Enumerable.Range(0, features * features).Select(i => i % (features + 1) == 0 ? 1f : 0).ToArray());

        AssertSamePredictions((file with { Calibration = new Calibration(0.7f, 1.1f, 2.5f, 0, 0.1f, prototypes) }).ToBytes());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(256)]
    public void ONNX_Runtime_gives_the_same_predictions_for_any_hidden_size(int hiddenSize)
    {
        using DigitNetwork original = RandomNetwork.Create(new NetworkSettings(NetworkType.Lstm, hiddenSize));

        AssertSamePredictions(original.ToSafeTensors());
    }

    [Fact]
    public void Inputs_outputs_and_metadata_are_described()
    {
        NetworkSettings settings = new(NetworkType.Gru, 8) { Layers = 2, Bidirectional = true, Reading = ReadingOrder.RowsAndColumns };
        using DigitNetwork network = DigitNetwork.Create(settings, seed: 1);
        using InferenceSession session = new(OnnxModelWriter.Write(network.ToFile()));

        (string input, NodeMetadata image) = Assert.Single(session.InputMetadata);
        Assert.Equal("image", input);
        Assert.Equal(typeof(float), image.ElementType);
        Assert.Equal([-1, 28, 28], image.Dimensions);
        Assert.Equal(["N", "", ""], image.SymbolicDimensions);

        (string output, NodeMetadata probabilities) = Assert.Single(session.OutputMetadata);
        Assert.Equal("probabilities", output);
        Assert.Equal(typeof(float), probabilities.ElementType);
        Assert.Equal([-1, 10], probabilities.Dimensions);

        Assert.Equal("RnnService", session.ModelMetadata.ProducerName);
        Assert.Equal(
            ["bidirectional: true", "dropout: 0", "format: rnn-service-network-1", "hiddenSize: 8", "layers: 2", "network: gru", "reading: rowsAndColumns"],
            session.ModelMetadata.CustomMetadataMap.Select(entry => $"{entry.Key}: {entry.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Output_is_deterministic()
    {
        Assert.Equal(OnnxModelWriter.Write(Untrained()), OnnxModelWriter.Write(Untrained()));
    }

    private static NetworkFile Untrained()
    {
        using DigitNetwork network = DigitNetwork.Create(Small, seed: 1);
        return network.ToFile();
    }

    private static void AssertSamePredictions(byte[] weights)
    {
        using DigitClassifier classifier = new(CompiledNetwork.Load(weights), new ModelIdentity(Guid.Empty, 1));
        using InferenceSession session = new(OnnxModelWriter.Write(NetworkFile.Parse(weights)));
        int first = 0;
        List<float> all = [];
        foreach (int batchSize in new[] { 1, 3, 32, 1, 64, 99 })
        {
            DigitDataset batch = Mnist.Data.Test.Slice(first, batchSize);
            IReadOnlyList<Prediction> expected = classifier.Classify([.. Enumerable.Range(0, batchSize).Select(i => new DigitImage(batch.Pixels(i)))]);
            float[] probabilities = [.. expected.SelectMany(prediction => prediction.Probabilities)];
            AssertSameProbabilities(probabilities, Run(session, Pixels(batch)));
            all.AddRange(probabilities);
            first += batchSize;
        }

        Assert.Equal(200, first);
        float[][] images = [.. all.Chunk(10)];
        Assert.Contains(Enumerable.Range(0, 10), digit => images.Max(image => image[digit]) - images.Min(image => image[digit]) > 0.01);
    }

    /// <summary>Asserts that the probabilities are nearly equal and the digits are equal.</summary>
    private static void AssertSameProbabilities(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (first, second) => Math.Abs(first - second)).Max(), 0, 1e-5f);
        Assert.Equal(Digits(expected), Digits(actual));
    }

    private static IEnumerable<int> Digits(float[] probabilities) =>
        probabilities.Chunk(10).Select(image => Array.IndexOf(image, image.Max()));

    private static float[] Pixels(DigitDataset images) =>
        [.. Enumerable.Range(0, images.Count).SelectMany(i => images.Pixels(i).ToArray()).Select(pixel => pixel / 255f)];

    /// <summary>Runs the model with ONNX Runtime only, without any of our code.</summary>
    private static float[] Run(InferenceSession session, float[] pixels)
    {
        using OrtValue images = OrtValue.CreateTensorValueFromMemory(pixels, [pixels.Length / 784, 28, 28]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["image"], [images], ["probabilities"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
