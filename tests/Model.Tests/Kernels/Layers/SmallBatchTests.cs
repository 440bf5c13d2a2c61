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

/// <summary>Batches of up to six images are distributed across cores by unit, larger batches by image. Both give the same results.</summary>
[Collection(nameof(ParallelRanges))]
public class SmallBatchTests
{
    /// <summary>More images than a tile has rows: distributed by image.</summary>
    private const int Many = 2 * Tile.Rows;

    [Theory]
    [InlineData(NetworkType.Lstm, 130, 1, false, false)]
    [InlineData(NetworkType.Lstm, 21, 2, false, false)]
    [InlineData(NetworkType.Lstm, 70, 1, true, true)]
    [InlineData(NetworkType.Gru, 100, 1, false, true)]
    [InlineData(NetworkType.Gru, 33, 2, true, false)]
    [InlineData(NetworkType.Rnn, 97, 2, true, false)]
    [InlineData(NetworkType.Rnn, 5, 1, false, false)]
    public void Small_and_large_batches_give_bit_identical_results(NetworkType type, int hidden, int layers, bool bidirectional, bool readsColumns)
    {
        NetworkSettings settings = new(type, hidden) { Layers = layers, Bidirectional = bidirectional };
        float[] expected = Features<ScalarLane>(settings, readsColumns, cores: 1, [Many])[0];

        AssertIdentical<ScalarLane>(expected, settings, readsColumns);
        AssertIdentical<Lanes128>(expected, settings, readsColumns);
        AssertIdentical<Lanes256>(expected, settings, readsColumns);
        AssertIdentical<Lanes512>(expected, settings, readsColumns);
    }

    private static void AssertIdentical<T>(float[] expected, NetworkSettings settings, bool readsColumns)
        where T : struct, ILanes<T>
    {
        foreach (int cores in new[] { 1, 2, 3, 4 })
        {
            // Run small and large batches in turn on the same network: data that one leaves in its buffers must not affect the next.
            float[][] features = Features<T>(settings, readsColumns, cores, [.. Enumerable.Range(1, 7), Many, 1]);

            Assert.All(features, few => Assert.Equal(expected[..few.Length], few));
        }
    }

    private static RecurrentShape Module(NetworkSettings settings, bool readsColumns) =>
        (settings with { Reading = ReadingOrder.RowsAndColumns }).RecurrentModules.Single(module => module.ReadsColumns == readsColumns);

    /// <summary>The last hidden states of the first test images, for each batch size.</summary>
    private static float[][] Features<T>(NetworkSettings settings, bool readsColumns, int cores, int[] counts)
        where T : struct, ILanes<T>
    {
        int before = ParallelRanges.Cores;
        try
        {
            ParallelRanges.Cores = cores;
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            using Generator generator = new(7, CPU);
            using RecurrentStack stack = new([Module(settings, readsColumns)], dropout: 0, RecurrentKernel.For<T>(CellDescription.Of(settings.Network)));
            foreach (Parameter weight in stack.Modules[0].All)
            {
                weight.uniform_(-0.3, 0.3, generator);
            }

            return [.. counts.Select(count => stack.Features(DigitTensors.Images(Mnist.Data.Test, Enumerable.Range(0, count).ToArray()), training: false).data<float>().ToArray())];
        }
        finally
        {
            ParallelRanges.Cores = before;
        }
    }
}
