using BenchmarkDotNet.Attributes;
using RnnService.Model.Kernels.Products;

namespace RnnService.Benchmarks.Training.Kernels;

/// <summary>
/// Our product for one time step of an LSTM of hidden size 256 on one thread, [N, 285] by [285, 4 × 256] in panels, for each vector width. Compare with
/// <see cref="MatrixProductBenchmark"/> with one thread; our product also includes the biases.
/// </summary>
public unsafe class PanelProductBenchmark : IDisposable
{
    private const int Depth = 256 + 28 + 1;
    private const int Columns = 4 * 256;

    private NativeFloats? states;
    private NativeFloats? weights;
    private NativeFloats? sums;

    /// <summary>Rows of the left matrix: a full or a half batch.</summary>
    [Params(50, 100)]
    public int Images { get; set; }

    /// <summary>Allocates the matrices; their values, zeros, do not affect the time.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        states = new NativeFloats(Images * Depth);
        weights = new NativeFloats(Depth * Columns);
        sums = new NativeFloats(Images * Columns);
    }

    /// <summary>AVX-512.</summary>
    [Benchmark]
    public void Lanes512() => Multiply<Lanes512>();

    /// <summary>AVX2.</summary>
    [Benchmark]
    public void Lanes256() => Multiply<Lanes256>();

    /// <summary>Arm64.</summary>
    [Benchmark]
    public void Lanes128() => Multiply<Lanes128>();

    /// <inheritdoc />
    [GlobalCleanup]
    public void Dispose()
    {
        states?.Dispose();
        weights?.Dispose();
        sums?.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Multiply<T>()
        where T : struct, ILanes<T>
    {
        int panel = MatrixProduct<T>.PanelColumns;
        MatrixProduct<T>.Multiply(Images, Columns, Depth, new Strided(states!.Data, Depth, 1), new Panels(weights!.Data, Depth * panel, panel), sums!.Data, Columns, accumulate: false);
    }
}
