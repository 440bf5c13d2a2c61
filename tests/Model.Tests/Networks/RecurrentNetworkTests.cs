using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Networks;
using RnnService.Model.SafeTensors;
using RnnService.Model.Training;
using RnnService.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Networks;

public class RecurrentNetworkTests
{
    private const int Hidden = 256;

    private static readonly NetworkSettings Settings = new(NetworkType.Lstm, Hidden);

    [Fact]
    public void Weights_are_initialized_as_in_the_article()
    {
        using DigitNetwork network = DigitNetwork.Create(Settings, seed: 1);
        Dictionary<string, float[]> weights = Weights(network.ToSafeTensors());

        // torch adds two biases and orders the gates as input, forget, cell, output.
        float[] bias = [.. weights["lstm.bias_ih_l0"].Zip(weights["lstm.bias_hh_l0"], (a, b) => a + b)];
        float[] expected = [.. Enumerable.Range(0, 4 * Hidden).Select(i => i / Hidden == 1 ? 1f : 0f)];
        Assert.Equal(expected, bias);

        double limit = Math.Sqrt(6.0 / (28 + Hidden + (4 * Hidden)));
        float[] gates = [.. weights["lstm.weight_ih_l0"], .. weights["lstm.weight_hh_l0"]];
        Assert.Equal(-limit, gates.Min(), 1e-5);
        Assert.Equal(limit, gates.Max(), 1e-5);
        Assert.Equal(limit * limit / 3, Variance(gates), 1e-5);

        Assert.Equal(1, Variance(weights["output.weight"]), 0.1);
        Assert.Equal(10, weights["output.bias"].Distinct().Count());
    }

    [Fact]
    public void Initial_weights_depend_only_on_the_seed()
    {
        using DigitNetwork first = DigitNetwork.Create(Settings, seed: 1);
        using DigitNetwork again = DigitNetwork.Create(Settings, seed: 1);
        using DigitNetwork other = DigitNetwork.Create(Settings, seed: 2);

        Assert.Equal(first.ToSafeTensors(), again.ToSafeTensors());
        Assert.NotEqual(first.ToSafeTensors(), other.ToSafeTensors());
    }

    [Fact]
    public void ParameterCount_is_the_number_of_weights_and_biases()
    {
        using DigitNetwork network = DigitNetwork.Create(Settings, seed: 1);

        Assert.Equal((4 * Hidden * (28 + Hidden + 2)) + (10 * (Hidden + 1)), network.ParameterCount);
    }

    [Fact]
    public void Logits_match_the_reference_LSTM()
    {
        using DigitNetwork network = DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, 7), seed: 3);
        Dictionary<string, float[]> weights = Weights(network.ToSafeTensors());
        using DisposeScope scope = NewDisposeScope();

        float[] logits = network.call(DigitTensors.Images(Mnist.Data.Test, new[] { 0, 1, 2 })).data<float>().ToArray();

        for (int image = 0; image < 3; image++)
        {
            double[] expected = new ReferenceLstm(weights, hidden: 7).LogitsAfterEachRow(Mnist.Data.Test.Pixels(image))[^1];
            Assert.All(expected.Select((value, i) => (value, i)), logit => Assert.Equal(logit.value, logits[(image * 10) + logit.i], 1e-4));
        }
    }

    [Theory]
    [InlineData(NetworkType.Lstm, 1)]
    [InlineData(NetworkType.Gru, 2)]
    [InlineData(NetworkType.Rnn, 2)]
    public void Predictions_do_not_depend_on_the_other_images_of_the_batch(NetworkType type, int layers)
    {
        using DigitNetwork network = DigitNetwork.Create(new NetworkSettings(type, 50) { Layers = layers, Bidirectional = layers > 1 }, seed: 3);
        network.eval();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        int[] indices = [.. Enumerable.Range(0, 40)];

        float[] together = network.call(DigitTensors.Images(Mnist.Data.Test, indices)).data<float>().ToArray();
        float[] alone = [.. indices.SelectMany(i => network.call(DigitTensors.Images(Mnist.Data.Test, new[] { i })).data<float>().ToArray())];

        Assert.All(together.Zip(alone), logits => Assert.Equal(logits.First, logits.Second, 1e-5f));
    }

    [Theory]
    [InlineData(NetworkType.Lstm)]
    [InlineData(NetworkType.Fnn)]
    public void Dropout_depends_on_the_seed_and_is_disabled_in_evaluation_mode(NetworkType type)
    {
        using DigitNetwork network = DigitNetwork.Create(new NetworkSettings(type, 50) { Layers = 2, Dropout = 0.5 }, seed: 3);
        using DisposeScope scope = NewDisposeScope();
        float[] Logits(long seed)
        {
            network.DropoutSeed = seed;
            return network.call(DigitTensors.Images(Mnist.Data.Test, new[] { 0, 1 })).data<float>().ToArray();
        }

        float[] first = Logits(1);
        Assert.Equal(first, Logits(1));
        Assert.NotEqual(first, Logits(2));

        // Half of the values are dropped and the others doubled, which preserves the mean.
        double[] mean = new double[first.Length];
        for (int seed = 0; seed < 2_000; seed++)
        {
            float[] logits = Logits(seed);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += logits[i] / 2_000.0;
            }
        }

        network.eval();
        float[] evaluated = Logits(1);
        Assert.Equal(evaluated, Logits(2));
        Assert.All(evaluated.Zip(mean), logits => Assert.Equal(logits.First, logits.Second, 0.5));
    }

    [Fact]
    public void SetWeights_takes_effect_immediately()
    {
        using DigitNetwork network = DigitNetwork.Create(Settings, seed: 1);
        using DigitNetwork other = DigitNetwork.Create(Settings, seed: 2);
        network.eval();
        other.eval();
        using DisposeScope scope = NewDisposeScope();
        Tensor images = DigitTensors.Images(Mnist.Data.Test, new[] { 0, 1, 2 });
        float[] before = network.call(images).data<float>().ToArray();

        network.SetWeights(other.Weights());

        float[] after = network.call(images).data<float>().ToArray();
        Assert.NotEqual(before, after);
        Assert.Equal(other.call(images).data<float>().ToArray(), after);
    }

    [Fact]
    public void A_second_backward_pass_gives_NaN_and_reports_an_exception()
    {
        using RecurrentStack stack = new([.. Settings.RecurrentModules], dropout: 0, RecurrentKernel.For(CellDescription.Lstm));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (Tensor features, RecurrentPass pass) = stack.ForwardForTraining(DigitTensors.Images(Mnist.Data.Test, new[] { 0, 1, 2 }));

        Assert.Equal(4, stack.Backward(pass, features).Count);
        Assert.Null(stack.TakeBackwardFault());

        Assert.All(stack.Backward(pass, features), gradient => Assert.True(gradient.isnan().all().item<bool>()));
        Assert.IsType<InvalidOperationException>(stack.TakeBackwardFault()!.SourceException);
    }

    [Theory]
    [InlineData(NetworkType.Lstm, 1, false, ReadingOrder.Rows)]
    [InlineData(NetworkType.Gru, 2, true, ReadingOrder.RowsAndColumns)]
    [InlineData(NetworkType.Rnn, 3, true, ReadingOrder.Rows)]
    [InlineData(NetworkType.Fnn, 2, false, ReadingOrder.Rows)]
    public void Settings_and_network_have_the_same_ParameterCount(NetworkType type, int layers, bool bidirectional, ReadingOrder reading)
    {
        NetworkSettings settings = new(type, 20) { Layers = layers, Bidirectional = bidirectional, Reading = reading };
        using DigitNetwork network = DigitNetwork.Create(settings, seed: 1);

        Assert.Equal(network.ParameterCount, settings.ParameterCount);
    }

    [Fact]
    public void Load_rejects_weights_that_do_not_match_the_settings()
    {
        using DigitNetwork network = DigitNetwork.Create(Settings, seed: 1);
        IReadOnlyList<NamedTensor> tensors = SafeTensorsFile.Parse(network.ToSafeTensors()).Tensors;

        AssertRejected([.. tensors.Skip(1)], $"The tensor '{tensors[0].Name}' is missing.");
        AssertRejected([.. tensors, tensors[0] with { Name = "more" }], "no tensor 'more'");
        AssertRejected([tensors[1] with { Name = tensors[0].Name }, tensors[0] with { Name = tensors[1].Name }, .. tensors.Skip(2)], "but the network expects");
        using DigitNetwork loaded = DigitNetwork.Load(new SafeTensorsFile(tensors).ToBytes(), Settings);
        Assert.Equal(network.ToSafeTensors(), loaded.ToSafeTensors());
    }

    private static void AssertRejected(NamedTensor[] tensors, string fault)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => DigitNetwork.Load(new SafeTensorsFile(tensors).ToBytes(), Settings));
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, float[]> Weights(byte[] safetensors) =>
        SafeTensorsFile.Parse(safetensors).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray());

    private static double Variance(float[] values) => values.Average(value => (double)value * value) - Math.Pow(values.Average(), 2);
}
