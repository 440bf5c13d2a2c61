using Microsoft.ML.OnnxRuntime;
using RnnService.Model.Data;
using RnnService.Model.Formats;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Formats;

public class OnnxModelWriterTests
{
    private static readonly NetworkSettings Small = new(NetworkType.Lstm, 8);

    [Fact]
    public void ONNX_Runtime_tells_the_same_digits_as_the_trained_network()
    {
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 48, Epochs = 2, TrainingImages = 4_000, LearningRate = 0.005 }, Mnist.Data);
        EpochResult[] epochs = [.. trainer.Train()];

        Assert.InRange(epochs[^1].ValidationAccuracy, 0.7, 1);
        AssertTellsTheSame(trainer.Network);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(256)]
    public void ONNX_Runtime_tells_the_same_digits_as_a_fresh_network_of_any_size(int hiddenSize)
    {
        using DigitNetwork network = DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, hiddenSize), seed: 7);

        AssertTellsTheSame(network);
    }

    [Fact]
    public void Says_what_it_is()
    {
        using InferenceSession session = new(OnnxModelWriter.Write(Small, FreshWeights()));

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
        Assert.Equal("lstm", session.ModelMetadata.CustomMetadataMap["network"]);
        Assert.Equal("8", session.ModelMetadata.CustomMetadataMap["hiddenSize"]);
    }

    [Fact]
    public void The_same_weights_give_the_same_bytes()
    {
        Assert.Equal(OnnxModelWriter.Write(Small, FreshWeights()), OnnxModelWriter.Write(Small, FreshWeights()));
    }

    [Theory]
    [InlineData("lstm.weight_ih_l0")]
    [InlineData("lstm.weight_hh_l0")]
    [InlineData("lstm.bias_ih_l0")]
    [InlineData("lstm.bias_hh_l0")]
    [InlineData("output.weight")]
    [InlineData("output.bias")]
    public void Refuses_weights_that_lack_a_tensor_or_have_another_shape_of_it(string name)
    {
        IReadOnlyList<NamedTensor> tensors = FreshWeights().Tensors;
        NamedTensor[] others = [.. tensors.Where(tensor => tensor.Name != name)];
        NamedTensor flat = new(name, [4], new float[4]);

        Assert.Equal(tensors.Count - 1, others.Length);
        AssertRefused(others, $"lack the tensor '{name}'");
        AssertRefused([.. others, flat], $"'{name}' is [4], but the network's is [");
    }

    [Fact]
    public void Refuses_a_tensor_that_it_does_not_know()
    {
        AssertRefused([.. FreshWeights().Tensors, new NamedTensor("more", [1], new float[1])], "no tensor 'more'");
    }

    private static void AssertRefused(IReadOnlyList<NamedTensor> tensors, string fault)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxModelWriter.Write(Small, new SafeTensors(tensors)));
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private static SafeTensors FreshWeights()
    {
        using DigitNetwork network = DigitNetwork.Create(Small, seed: 1);
        return SafeTensors.Parse(network.ToSafeTensors());
    }

    private static void AssertTellsTheSame(DigitNetwork network)
    {
        byte[] weights = network.ToSafeTensors();
        using DigitClassifier classifier = new(DigitNetwork.Load(network.Settings, weights), new ModelIdentity(Guid.Empty, 1));
        using InferenceSession session = new(OnnxModelWriter.Write(network.Settings, SafeTensors.Parse(weights)));
        int first = 0;
        foreach (int batchSize in new[] { 1, 3, 32, 1, 64, 100, 299, 500 })
        {
            DigitDataset batch = Mnist.Data.Test.Slice(first, batchSize);
            IReadOnlyList<Prediction> expected = classifier.Classify([.. Enumerable.Range(0, batchSize).Select(i => new DigitImage(batch.Pixels(i)))]);
            float[] told = Run(session, batch);

            Assert.Equal(batchSize * 10, told.Length);
            for (int image = 0; image < batchSize; image++)
            {
                Prediction actual = new(told[(image * 10)..((image + 1) * 10)], classifier.Model);
                Assert.Equal(expected[image].Digit, actual.Digit);
                Assert.All(expected[image].Probabilities.Zip(actual.Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            }

            first += batchSize;
        }

        Assert.Equal(1_000, first);
    }

    /// <summary>As a stranger does it, who has the model and its description and nothing of ours.</summary>
    private static float[] Run(InferenceSession session, DigitDataset batch)
    {
        float[] pixels = [.. Enumerable.Range(0, batch.Count).SelectMany(i => batch.Pixels(i).ToArray()).Select(pixel => pixel / 255f)];
        using OrtValue images = OrtValue.CreateTensorValueFromMemory(pixels, [batch.Count, 28, 28]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["image"], [images], ["probabilities"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
