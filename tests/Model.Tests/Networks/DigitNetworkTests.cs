using RnnService.Model.Architecture;
using RnnService.Model.Networks;
using RnnService.Model.Training;
using RnnService.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Networks;

/// <summary>The boundary between torch and the kernels, which read native memory.</summary>
public class DigitNetworkTests
{
    public static TheoryData<NetworkType> Types { get; } = new(Enum.GetValues<NetworkType>());

    [Theory]
    [MemberData(nameof(Types))]
    public void Only_float32_images_are_accepted(NetworkType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork network = DigitNetwork.Create(new NetworkSettings(type, 8), seed: 1);
        Tensor[] others =
        [
            zeros(0, 28, 28), zeros(28, 28), zeros(1, 784), zeros(1, 27, 28), zeros(1, 28, 29), zeros(1, 1, 28, 28),
            zeros(1, 28, 28, dtype: ScalarType.Float64), zeros(1, 28, 28, dtype: ScalarType.Byte), zeros(1, 28, 28, device: META),
        ];

        foreach (bool training in (bool[])[true, false])
        {
            network.train(training);
            Assert.All(others, input => Assert.Contains("must be float32 [N, 28, 28] on the CPU", Assert.Throws<ArgumentException>(() => network.call(input)).Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Images_need_not_be_contiguous(NetworkType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(type, 8));
        network.eval();
        Tensor images = DigitTensors.Images(Mnist.Data.Test, new[] { 0, 1, 2 });
        Tensor transposed = images.transpose(1, 2);

        Assert.False(transposed.is_contiguous());
        Assert.Equal(network.call(transposed.contiguous()).data<float>().ToArray(), network.call(transposed).data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Weights_changed_with_torch_are_used_in_evaluation_mode(NetworkType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(type, 8));
        network.eval();
        Tensor images = DigitTensors.Images(Mnist.Data.Test, new[] { 0, 1, 2 });
        float[] before = network.call(images).data<float>().ToArray();

        using (no_grad())
        {
            network.parameters().First().mul_(0.5f);
        }

        Assert.NotEqual(before, network.call(images).data<float>().ToArray());
    }

    [Fact]
    public void A_fault_in_the_backward_pass_reaches_the_caller()
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(NetworkType.Lstm, 8));
        Tensor loss = network.call(DigitTensors.Images(Mnist.Data.Training, new[] { 0, 1 })).sum();
        loss.backward(create_graph: false, retain_graph: true);

        // The kernels support one backward pass, so the second one fails.
        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => BackwardAgain(network, loss));

        Assert.Contains("one backward pass", fault.Message, StringComparison.Ordinal);
        Assert.Contains(network.parameters(), weight => float.IsNaN(weight.grad!.sum().item<float>()));
    }

    [Fact]
    public void A_fault_that_torch_cannot_report_is_reported_by_the_next_forward_pass_once()
    {
        using DisposeScope scope = NewDisposeScope();
        using DigitNetwork network = RandomNetwork.Create(new NetworkSettings(NetworkType.Gru, 8));
        Tensor images = DigitTensors.Images(Mnist.Data.Training, new[] { 0, 1 });
        Tensor loss = network.call(images).sum();
        loss.backward(create_graph: false, retain_graph: true);
        loss.backward();

        Assert.Throws<InvalidOperationException>(() => network.call(images));
        network.zero_grad();
        network.Backward(network.call(images).sum());

        Assert.All(network.parameters(), weight => Assert.True(float.IsFinite(weight.grad!.sum().item<float>())));
    }

    [Theory]
    [InlineData(NetworkType.Lstm, 0, 1, 0.0)]
    [InlineData(NetworkType.Gru, -5, 1, 0.0)]
    [InlineData(NetworkType.Fnn, 8, 0, 0.0)]
    [InlineData(NetworkType.Lstm, 8, 1, 1.0)]
    [InlineData(NetworkType.Lstm, 8, 1, double.NaN)]
    [InlineData((NetworkType)9, 8, 1, 0.0)]
    public void Settings_out_of_range_are_rejected(NetworkType type, int hiddenSize, int layers, double dropout)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DigitNetwork.Create(new NetworkSettings(type, hiddenSize) { Layers = layers, Dropout = dropout }, seed: 1));
    }

    [Theory]
    [InlineData(NetworkType.Lstm, 1, false, ReadingOrder.Rows)]
    [InlineData(NetworkType.Gru, 2, true, ReadingOrder.RowsAndColumns)]
    [InlineData(NetworkType.Rnn, 3, true, ReadingOrder.Rows)]
    [InlineData(NetworkType.Fnn, 3, false, ReadingOrder.Rows)]
    public void Tensors_have_the_names_shapes_and_order_that_the_architecture_describes(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
    {
        NetworkSettings settings = new(type, 20) { Layers = layers, Bidirectional = bidirectional, Reading = reading };
        using DigitNetwork network = DigitNetwork.Create(settings, seed: 1);

        Assert.Equal(
            network.named_parameters().Select(weight => $"{weight.name} {string.Join('×', weight.parameter.shape)}"),
            settings.Weights.Select(weight => $"{weight.Name} {string.Join('×', weight.Sizes)}"));
    }

    private static void BackwardAgain(DigitNetwork network, Tensor loss) => network.Backward(loss);
}
