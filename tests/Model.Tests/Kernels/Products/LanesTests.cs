using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Networks;
using RnnService.Model.Training;
using RnnService.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Kernels.Products;

/// <summary>The kernels with every vector width, whether or not this processor supports it.</summary>
[Collection(nameof(ParallelRanges))]
public class LanesTests
{
    [Theory]
    [InlineData(NetworkType.Lstm)]
    [InlineData(NetworkType.Gru)]
    [InlineData(NetworkType.Rnn)]
    public void Results_are_bit_identical_for_any_number_of_lanes(NetworkType type)
    {
        float[] expected = LogitsAndGradients<ScalarLane>(type);

        Assert.True(Array.TrueForAll(expected, float.IsFinite));
        Assert.Equal(expected, LogitsAndGradients<Lanes128>(type));
        Assert.Equal(expected, LogitsAndGradients<Lanes256>(type));
        Assert.Equal(expected, LogitsAndGradients<Lanes512>(type));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Results_are_bit_identical_for_any_number_of_cores(int cores)
    {
        int before = ParallelRanges.Cores;
        try
        {
            ParallelRanges.Cores = 1;
            float[] expected = LogitsAndGradients<Lanes256>(NetworkType.Lstm);
            ParallelRanges.Cores = cores;

            Assert.Equal(expected, LogitsAndGradients<Lanes256>(NetworkType.Lstm));
        }
        finally
        {
            ParallelRanges.Cores = before;
        }
    }

    [Theory]
    [InlineData(NetworkType.Lstm)]
    [InlineData(NetworkType.Gru)]
    [InlineData(NetworkType.Rnn)]
    public void NaN_propagates_to_the_logits(NetworkType type)
    {
        AssertPropagatesNaN<ScalarLane>(type);
        AssertPropagatesNaN<Lanes128>(type);
        AssertPropagatesNaN<Lanes256>(type);
        AssertPropagatesNaN<Lanes512>(type);
    }

    private static void AssertPropagatesNaN<T>(NetworkType type)
        where T : struct, ILanes<T>
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentNetwork network = new(new NetworkSettings(type, 8), seed: 1, RecurrentKernel.For<T>(CellDescription.Of(type)));
        Tensor images = DigitTensors.Images(Mnist.Data.Test, new[] { 0, 1 });
        images[1, 14, 14] = float.NaN;

        float[] logits = network.call(images).data<float>().ToArray();

        Assert.All(logits[..10], logit => Assert.True(float.IsFinite(logit)));
        Assert.All(logits[10..], logit => Assert.True(float.IsNaN(logit)));
    }

    private static float[] LogitsAndGradients<T>(NetworkType type)
        where T : struct, ILanes<T>
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentNetwork network = new(
            new NetworkSettings(type, 21) { Layers = 2, Bidirectional = true, Dropout = 0.2 }, seed: 1, RecurrentKernel.For<T>(CellDescription.Of(type)));
        int[] batch = [.. Enumerable.Range(0, 11)];
        Tensor logits = network.call(DigitTensors.Images(Mnist.Data.Training, batch));
        nn.functional.cross_entropy(logits, DigitTensors.Labels(Mnist.Data.Training, batch)).backward();
        return [.. logits.data<float>(), .. network.parameters().SelectMany(weight => weight.grad!.data<float>().ToArray())];
    }
}
