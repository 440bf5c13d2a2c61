using BenchmarkDotNet.Attributes;
using RnnService.Benchmarks.Training.Contestants;
using static TorchSharp.torch;

namespace RnnService.Benchmarks.Training.Kernels;

/// <summary>
/// libtorch's product for one time step of an LSTM of hidden size 256, [N, 28 + 256] by [284, 4 × 256], for a full batch and for the half batch that each of two threads processes.
/// </summary>
public class MatrixProductBenchmark : IDisposable
{
    private readonly int threadsBefore = get_num_threads();
    private MatrixProduct? product;

    /// <summary>Rows of the left matrix: a full or a half batch.</summary>
    [Params(50, 100)]
    public int Images { get; set; }

    /// <summary>libtorch's number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Creates the matrices.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        set_num_threads(Threads);
        product = new MatrixProduct(Images, 28 + 256, 4 * 256);
    }

    /// <summary>One product: 29 or 58 MFLOP.</summary>
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
