using BenchmarkDotNet.Attributes;
using RnnService.Benchmarks.Training.Contestants;
using static TorchSharp.torch;

namespace RnnService.Benchmarks.Training.Kernels;

/// <summary>
/// libtorch's product of one time step of an LSTM of 256 units, [N, 28 + 256] by [284, 4 × 256]: what a batch costs, and what half of one does that each of two threads takes.
/// </summary>
public class MatrixProductBenchmark : IDisposable
{
    private readonly int threadsBefore = get_num_threads();
    private MatrixProduct? product;

    /// <summary>Rows of the left matrix: a whole batch, or half of one.</summary>
    [Params(50, 100)]
    public int Images { get; set; }

    /// <summary>Threads of libtorch.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes the matrices.</summary>
    [GlobalSetup]
    public void Make()
    {
        set_num_threads(Threads);
        product = new MatrixProduct(Images, 28 + 256, 4 * 256);
    }

    /// <summary>One product, of 29 or 58 million multiplications and additions.</summary>
    [Benchmark]
    public void Libtorch() => product!.Multiply();

    /// <inheritdoc />
    [GlobalCleanup]
    public void Dispose()
    {
        product?.Dispose();
        set_num_threads(threadsBefore);
        GC.SuppressFinalize(this);
    }
}
