using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Networks;
using RnnService.Model.Training;
using RnnService.Testing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Tests.Kernels.Layers;

/// <summary>Up to six images share the cores by units, more by images: nobody may see which it was.</summary>
[Collection(nameof(CoreShares))]
public class FewImagesTests
{
    /// <summary>More than a tile's rows: they are shared by images.</summary>
    private const int Many = 2 * Tile.Rows;

    [Theory]
    [InlineData(NetworkType.Lstm, 130, 1, false, false)]
    [InlineData(NetworkType.Lstm, 21, 2, false, false)]
    [InlineData(NetworkType.Lstm, 70, 1, true, true)]
    [InlineData(NetworkType.Gru, 100, 1, false, true)]
    [InlineData(NetworkType.Gru, 33, 2, true, false)]
    [InlineData(NetworkType.Rnn, 97, 2, true, false)]
    [InlineData(NetworkType.Rnn, 5, 1, false, false)]
    public void Few_images_come_out_as_they_do_among_many_to_the_bit(NetworkType type, int hidden, int layers, bool bidirectional, bool readsColumns)
    {
        NetworkSettings settings = new(type, hidden) { Layers = layers, Bidirectional = bidirectional };
        float[] expected = Features<ScalarLane>(settings, readsColumns, cores: 1, [Many])[0];

        AssertTheSame<ScalarLane>(expected, settings, readsColumns);
        AssertTheSame<Lanes128>(expected, settings, readsColumns);
        AssertTheSame<Lanes256>(expected, settings, readsColumns);
        AssertTheSame<Lanes512>(expected, settings, readsColumns);
    }

    private static void AssertTheSame<T>(float[] expected, NetworkSettings settings, bool readsColumns)
        where T : struct, ILanes<T>
    {
        foreach (int cores in new[] { 1, 2, 3, 4 })
        {
            // The same network is asked for few and for many in turn: what one left in its memory may not show in the other.
            float[][] features = Features<T>(settings, readsColumns, cores, [.. Enumerable.Range(1, 7), Many, 1]);

            Assert.All(features, few => Assert.Equal(expected[..few.Length], few));
        }
    }

    private static RecurrentShape Module(NetworkSettings settings, bool readsColumns) =>
        (settings with { Reading = ReadingOrder.RowsAndColumns }).RecurrentModules.Single(module => module.ReadsColumns == readsColumns);

    /// <summary>The last hidden states of the first test images, so many of them at a time.</summary>
    private static float[][] Features<T>(NetworkSettings settings, bool readsColumns, int cores, int[] counts)
        where T : struct, ILanes<T>
    {
        int before = CoreShares.Cores;
        try
        {
            CoreShares.Cores = cores;
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            using Generator generator = new(7, CPU);
            using RecurrentStack stack = new(Module(settings, readsColumns), dropout: 0, RecurrentKernel.For<T>(CellDescription.Of(settings.Network)));
            foreach (Parameter weight in stack.parameters())
            {
                weight.uniform_(-0.3, 0.3, generator);
            }

            stack.eval();
            return [.. counts.Select(count => stack.call(DigitTensors.Images(Mnist.Data.Test, Enumerable.Range(0, count).ToArray())).data<float>().ToArray())];
        }
        finally
        {
            CoreShares.Cores = before;
        }
    }
}
