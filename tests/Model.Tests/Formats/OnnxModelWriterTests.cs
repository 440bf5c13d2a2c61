using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using RnnService.Model.Data;
using RnnService.Model.Formats;
using RnnService.Model.Images;
using RnnService.Model.Inference;
using RnnService.Model.Networks;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Formats;

/// <summary>What ONNX Runtime, another implementation, makes of our files.</summary>
public class OnnxModelWriterTests
{
    private const float Tolerance = 1e-5f;

    [Fact]
    public void ONNX_Runtime_tells_the_same_digits_as_we_do_with_the_same_probabilities()
    {
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 64, Epochs = 3, TrainingImages = 5_000 }, Mnist.Data);
        EpochResult last = trainer.Train().Last();
        byte[] weights = trainer.Network.ToSafeTensors();

        AssertSame(trainer.Network.Settings, weights, Mnist.Data.Test, batchSize: 250);
        Assert.InRange(last.ValidationAccuracy, 0.6, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(256)]
    public void Any_size_of_network_and_batch_will_do(int hiddenSize)
    {
        NetworkSettings settings = new(NetworkType.Lstm, hiddenSize);
        using DigitNetwork network = DigitNetwork.Create(settings, seed: 3);

        AssertSame(settings, network.ToSafeTensors(), Mnist.Data.Test.Slice(0, 7), batchSize: 1);
        AssertSame(settings, network.ToSafeTensors(), Mnist.Data.Test.Slice(0, 7), batchSize: 7);
    }

    [Fact]
    public void Weights_that_lack_a_tensor_are_refused()
    {
        NetworkSettings settings = new(NetworkType.Lstm, 4);
        using DigitNetwork network = DigitNetwork.Create(settings, seed: 1);
        SafeTensors whole = SafeTensors.Parse(network.ToSafeTensors());

        Assert.All(whole.Tensors, missing =>
        {
            InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => OnnxModelWriter.Write(settings, new SafeTensors([.. whole.Tensors.Where(tensor => tensor != missing)])));
            Assert.Contains($"'{missing.Name}'", refusal.Message, StringComparison.Ordinal);
        });
    }

    private static void AssertSame(NetworkSettings settings, byte[] weights, DigitDataset digits, int batchSize)
    {
        using InferenceSession session = new(OnnxModelWriter.Write(settings, SafeTensors.Parse(weights)));
        using DigitClassifier classifier = new(DigitNetwork.Load(settings, weights), new ModelIdentity(Guid.Empty, 1));

        foreach (int[] batch in Enumerable.Range(0, digits.Count).Chunk(batchSize))
        {
            DigitImage[] images = [.. batch.Select(i => new DigitImage(digits.Pixels(i)))];
            float[] pixels = [.. images.SelectMany(image => image.Pixels.ToArray().Select(pixel => pixel / 255f))];
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> output = session.Run(
                [NamedOnnxValue.CreateFromTensor("image", new DenseTensor<float>(pixels, [images.Length, 28, 28]))], ["probabilities"]);
            float[][] theirs = [.. output.Single().AsEnumerable<float>().Chunk(10)];
            IReadOnlyList<Prediction> ours = classifier.Classify(images);

            Assert.Equal(ours.Select(prediction => prediction.Digit), theirs.Select(row => Array.IndexOf(row, row.Max())));
            Assert.All(ours.Zip(theirs), pair => Assert.All(pair.First.Probabilities.Zip(pair.Second), value => Assert.Equal(value.First, value.Second, Tolerance)));
        }
    }
}
