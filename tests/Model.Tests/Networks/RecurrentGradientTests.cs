using RnnService.Model.Architecture;
using RnnService.Model.Networks;
using RnnService.Model.Training;
using RnnService.Testing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Networks;

/// <summary>Compares the gradients of our kernels with TorchSharp's autograd and with finite differences of the loss.</summary>
public class RecurrentGradientTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<NetworkType, int, int, int, bool, ReadingOrder> Shapes { get; } = Combine();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_match_autograd(NetworkType type, int images, int hidden, int layers, bool bidirectional, ReadingOrder reading)
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork ours = RandomNetwork.Create(new NetworkSettings(type, hidden) { Layers = layers, Bidirectional = bidirectional, Reading = reading });
        using StockNetwork stock = new(ours);

        Tensor logits = Backward(ours, images);
        Tensor expected = Backward(stock, images);

        Assert.InRange(Distance(logits, expected), 0, Tolerance);
        Dictionary<string, Parameter> gradients = ours.named_parameters().ToDictionary(weight => weight.name, weight => weight.parameter);
        Assert.Equal(gradients.Count, stock.named_parameters().Count());
        Assert.All(stock.named_parameters(), weight => Assert.InRange(Distance(gradients[weight.name].grad!, weight.parameter.grad!), 0, Tolerance));
    }

    [Theory]
    [InlineData(NetworkType.Lstm, ReadingOrder.Rows)]
    [InlineData(NetworkType.Gru, ReadingOrder.RowsAndColumns)]
    public void Each_member_has_the_gradients_that_it_would_have_alone_up_to_a_factor(NetworkType type, ReadingOrder reading)
    {
        using DisposeScope scope = NewDisposeScope();
        NetworkSettings settings = new(type, 12) { Reading = reading };
        using DigitNetwork both = RandomNetwork.Create(settings with { Members = 2 });
        (Tensor images, Tensor labels) = (Images(0, 9), DigitTensors.Labels(Mnist.Data.Training, Enumerable.Range(0, 9).ToArray()));

        both.Backward(both.Loss(images, labels));

        Dictionary<string, Parameter> weights = both.named_parameters().ToDictionary(weight => weight.name, weight => weight.parameter);
        List<Tensor> biasGradients = [];
        foreach (int member in new[] { 1, 2 })
        {
            using DigitNetwork alone = DigitNetwork.Load(MemberNetwork.Of(both, member).ToBytes());
            alone.Backward(alone.Loss(images, labels));

            Assert.All(alone.named_parameters().Where(weight => !weight.name.StartsWith("output", StringComparison.Ordinal)), weight =>
                Assert.InRange(Distance(weights[MemberNetwork.NameOf(weight.name, member)].grad! * 2, weight.parameter.grad!), 0, Tolerance));
            biasGradients.Add(alone.named_parameters().Single(weight => weight.name == "output.bias").parameter.grad!.clone());
            Parameter output = alone.named_parameters().Single(weight => weight.name == "output.weight").parameter;
            Assert.InRange(Distance(weights["output.weight"].grad!.chunk(2, 1)[member - 1], output.grad!), 0, Tolerance);
        }

        Assert.InRange(Distance(weights["output.bias"].grad!, (biasGradients[0] + biasGradients[1]) / 2), 0, Tolerance);
    }

    [Theory]
    [InlineData(NetworkType.Lstm, 0)]
    [InlineData(NetworkType.Gru, 0)]
    [InlineData(NetworkType.Rnn, 0)]
    [InlineData(NetworkType.Lstm, 0.3)]
    public void Gradients_match_finite_differences(NetworkType type, double dropout)
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(type, 9) { Layers = 2, Bidirectional = true, Dropout = dropout });
        Backward(network, images: 7);
        using IDisposable noGradient = no_grad();

        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            // In the direction of the gradient, the slope of the loss is the gradient's norm.
            Tensor gradient = weight.grad!;
            double norm = gradient.norm().ToDouble();
            Tensor step = gradient * (0.01 / norm);
            double slope = (LossAt(network, weight, step) - LossAt(network, weight, -step)) / 0.02;

            Assert.True(Math.Abs(slope - norm) <= (0.02 * norm) + 1e-4, $"{name}: the slope of the loss is {slope}, but the gradient norm is {norm}.");
        }
    }

    [Fact]
    public void Gradients_of_two_batches_accumulate()
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(NetworkType.Lstm, 20));
        Backward(network, images: 5);
        Tensor once = network.named_parameters().First().parameter.grad!.clone();

        Backward(network, images: 5);

        Assert.InRange(Distance(network.named_parameters().First().parameter.grad!, once * 2), 0, 1e-6);
    }

    [Fact]
    public void Two_forward_passes_can_be_backpropagated_together()
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork ours = RandomNetwork.Create(new NetworkSettings(NetworkType.Lstm, 20));
        using StockNetwork stock = new(ours);
        static Tensor Both(nn.Module<Tensor, Tensor> network) => Loss(network.call(Images(0, 4)), 0, 4) + Loss(network.call(Images(4, 9)), 4, 9);

        Both(ours).backward();
        Both(stock).backward();

        Assert.InRange(Distance(ours.parameters().First().grad!, stock.parameters().First().grad!), 0, Tolerance);
    }

    private static TheoryData<NetworkType, int, int, int, bool, ReadingOrder> Combine()
    {
        TheoryData<NetworkType, int, int, int, bool, ReadingOrder> data = [];
        foreach (NetworkType type in new[] { NetworkType.Lstm, NetworkType.Gru, NetworkType.Rnn })
        {
            data.Add(type, 100, 256, 1, false, ReadingOrder.Rows);
            data.Add(type, 1, 5, 1, false, ReadingOrder.Rows);
            data.Add(type, 13, 33, 1, true, ReadingOrder.Rows);
            data.Add(type, 7, 40, 3, false, ReadingOrder.Rows);
            data.Add(type, 29, 64, 2, true, ReadingOrder.RowsAndColumns);
        }

        return data;
    }

    private static double LossAt(DigitNetwork network, Parameter weight, Tensor step)
    {
        weight.add_(step);
        double loss = Loss(network.call(Images(0, 7)), 0, 7).ToDouble();
        weight.sub_(step);
        return loss;
    }

    private static Tensor Backward(nn.Module<Tensor, Tensor> network, int images)
    {
        Tensor logits = network.call(Images(0, images));
        Loss(logits, 0, images).backward();
        return logits.detach();
    }

    private static Tensor Images(int first, int count) => DigitTensors.Images(Mnist.Data.Training, Enumerable.Range(first, count).ToArray());

    private static Tensor Loss(Tensor logits, int first, int count) =>
        nn.functional.cross_entropy(logits, DigitTensors.Labels(Mnist.Data.Training, Enumerable.Range(first, count).ToArray()));

    /// <summary>The relative error: the norm of the difference divided by the norm of the expected tensor.</summary>
    private static double Distance(Tensor actual, Tensor expected) => ((actual - expected).norm() / expected.norm()).ToDouble();
}
