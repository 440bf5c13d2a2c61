using RnnService.Model.Data;
using RnnService.Model.Formats;
using RnnService.Model.Networks;
using RnnService.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Networks;

public class LstmNetworkTests
{
    private const int Hidden = 256;

    private static readonly NetworkSettings Settings = new(NetworkType.Lstm, Hidden);

    [Fact]
    public void Begins_as_the_article_does()
    {
        using DigitNetwork network = DigitNetwork.Create(Settings, seed: 1);
        Dictionary<string, float[]> weights = Weights(network.ToSafeTensors());

        // torch adds its two biases; its gates are input, forget, cell, output.
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
    public void The_same_seed_gives_the_same_weights_and_another_does_not()
    {
        using DigitNetwork first = DigitNetwork.Create(Settings, seed: 1);
        using DigitNetwork again = DigitNetwork.Create(Settings, seed: 1);
        using DigitNetwork other = DigitNetwork.Create(Settings, seed: 2);

        Assert.Equal(first.ToSafeTensors(), again.ToSafeTensors());
        Assert.NotEqual(first.ToSafeTensors(), other.ToSafeTensors());
    }

    [Fact]
    public void Counts_what_is_learned()
    {
        using DigitNetwork network = DigitNetwork.Create(Settings, seed: 1);

        Assert.Equal((4 * Hidden * (28 + Hidden + 2)) + (10 * (Hidden + 1)), network.ParameterCount);
    }

    [Fact]
    public void Calculates_an_LSTM_over_the_rows_and_a_linear_layer_on_the_last_state()
    {
        using DigitNetwork network = DigitNetwork.Create(new NetworkSettings(NetworkType.Lstm, 7), seed: 3);
        Dictionary<string, float[]> weights = Weights(network.ToSafeTensors());
        using DisposeScope scope = NewDisposeScope();

        float[] logits = network.call(DigitTensors.Images(Mnist.Data.Test, new[] { 0, 1, 2 })).data<float>().ToArray();

        for (int image = 0; image < 3; image++)
        {
            double[] expected = Reference(weights, hidden: 7, Mnist.Data.Test.Pixels(image));
            Assert.All(expected.Select((value, i) => (value, i)), logit => Assert.Equal(logit.value, logits[(image * 10) + logit.i], 1e-4));
        }
    }

    [Fact]
    public void Loads_only_weights_that_fit()
    {
        using DigitNetwork network = DigitNetwork.Create(Settings, seed: 1);
        IReadOnlyList<NamedTensor> tensors = SafeTensors.Parse(network.ToSafeTensors()).Tensors;

        AssertRefused([.. tensors.Skip(1)], "lack the tensor");
        AssertRefused([.. tensors, tensors[0] with { Name = "more" }], "no tensor 'more'");
        AssertRefused([tensors[1] with { Name = tensors[0].Name }, .. tensors.Skip(1)], "but the network's is");
        using DigitNetwork loaded = DigitNetwork.Load(Settings, new SafeTensors(tensors).ToBytes());
        Assert.Equal(network.ToSafeTensors(), loaded.ToSafeTensors());
    }

    private static void AssertRefused(NamedTensor[] tensors, string fault)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => DigitNetwork.Load(Settings, new SafeTensors(tensors).ToBytes()));
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, float[]> Weights(byte[] safetensors) =>
        SafeTensors.Parse(safetensors).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray());

    private static double Variance(float[] values) => values.Average(value => (double)value * value) - Math.Pow(values.Average(), 2);

    /// <summary>The equations of Hochreiter and Schmidhuber with forget gates, in double precision, one number at a time.</summary>
    private static double[] Reference(Dictionary<string, float[]> weights, int hidden, ReadOnlySpan<byte> pixels)
    {
        double[] h = new double[hidden];
        double[] c = new double[hidden];
        for (int row = 0; row < 28; row++)
        {
            double[] gates = new double[4 * hidden];
            for (int g = 0; g < gates.Length; g++)
            {
                gates[g] = weights["lstm.bias_ih_l0"][g] + weights["lstm.bias_hh_l0"][g];
                for (int i = 0; i < 28; i++)
                {
                    gates[g] += weights["lstm.weight_ih_l0"][(g * 28) + i] * pixels[(row * 28) + i] / 255;
                }

                for (int i = 0; i < hidden; i++)
                {
                    gates[g] += weights["lstm.weight_hh_l0"][(g * hidden) + i] * h[i];
                }
            }

            for (int i = 0; i < hidden; i++)
            {
                c[i] = (Sigmoid(gates[hidden + i]) * c[i]) + (Sigmoid(gates[i]) * Math.Tanh(gates[(2 * hidden) + i]));
                h[i] = Sigmoid(gates[(3 * hidden) + i]) * Math.Tanh(c[i]);
            }
        }

        return [.. Enumerable.Range(0, 10).Select(digit =>
            weights["output.bias"][digit] + Enumerable.Range(0, hidden).Sum(i => weights["output.weight"][(digit * hidden) + i] * h[i]))];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
