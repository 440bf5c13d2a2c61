using RnnService.Model.Architecture;
using RnnService.Model.Networks;
using RnnService.Model.Onnx;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Tests.Onnx;

/// <summary>Weights that do not match the network's settings are not exported.</summary>
public class OnnxValidationTests
{
    private static readonly NetworkSettings Small = new(NetworkType.Lstm, 8);

    [Theory]
    [MemberData(nameof(OnnxModelWriterTests.Networks), MemberType = typeof(OnnxModelWriterTests))]
    public void Missing_tensors_and_wrong_shapes_are_rejected(NetworkType network, int layers, bool bidirectional, ReadingOrder reading)
    {
        NetworkSettings settings = new(network, 4) { Layers = layers, Bidirectional = bidirectional, Reading = reading, Members = reading == ReadingOrder.RowsOrColumns ? 2 : 1 };
        IReadOnlyList<NamedTensor> tensors = Weights(settings);

        foreach (NamedTensor tensor in tensors)
        {
            NamedTensor[] others = [.. tensors.Where(other => other != tensor)];
            AssertRejected(settings, others, $"The tensor '{tensor.Name}' is missing.");
            AssertRejected(settings, [.. others, new NamedTensor(tensor.Name, [5], new float[5])], $"'{tensor.Name}' has the shape [5], but the network expects [");
        }
    }

    [Fact]
    public void Unknown_tensors_are_rejected()
    {
        AssertRejected(Small, [.. Weights(Small), new NamedTensor("more", [1], new float[1])], "no tensor 'more'");
    }

    [Fact]
    public void Weights_of_another_network_are_rejected()
    {
        AssertRejected(Small with { Network = NetworkType.Gru }, Weights(Small), "The tensor 'gru.weight_ih_l0' is missing.");
        AssertRejected(Small with { HiddenSize = 9 }, Weights(Small), "'lstm.weight_ih_l0' has the shape [32, 28], but the network expects [36, 28]");
        AssertRejected(Small with { Layers = 2 }, Weights(Small), "The tensor 'lstm.weight_ih_l1' is missing.");
    }

    private static void AssertRejected(NetworkSettings settings, IReadOnlyList<NamedTensor> tensors, string fault)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxModelWriter.Write(new NetworkFile(settings, tensors)));
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<NamedTensor> Weights(NetworkSettings settings)
    {
        using DigitNetwork network = DigitNetwork.Create(settings, seed: 1);
        return SafeTensorsFile.Parse(network.ToSafeTensors()).Tensors;
    }
}
