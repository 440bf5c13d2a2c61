using System.Diagnostics;
using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>
/// Only the matrix products of one training step of a recurrent layer: a lower bound for a training step with libtorch's matrix products. The gradient
/// of the pixels is not needed, so the backward product is narrower than the forward product. The output layer (0.03% of the work) is omitted.
/// </summary>
internal sealed class TrainingStepProducts : IDisposable
{
    private const int TimeSteps = DigitImage.Side;

    /// <param name="settings">Network type, hidden size, and batch size are used; the rest is ignored.</param>
    public TrainingStepProducts(TrainingSettings settings)
    {
        int gates = settings.HiddenSize * GateCount(settings.Network);
        int input = DigitImage.Side + settings.HiddenSize;
        BatchSize = settings.BatchSize;
        Products =
        [
            ("forward", TimeSteps, new MatrixProduct(BatchSize, input, gates)),
            ("backward", TimeSteps, new MatrixProduct(BatchSize, gates, settings.HiddenSize)),
            ("weights", 1, new MatrixProduct(gates, TimeSteps * BatchSize, input)),
        ];
    }

    /// <summary>The products: name, number of times per training step, and product.</summary>
    public IReadOnlyList<(string Name, int Times, MatrixProduct Product)> Products { get; }

    /// <summary>Images per training step.</summary>
    public int BatchSize { get; }

    /// <summary>Floating-point operations per image.</summary>
    public double FlopPerImage => Products.Sum(product => product.Times * product.Product.Flop) / BatchSize;

    /// <summary>Calculates the products of several training steps and returns the total seconds for each of <see cref="Products"/>.</summary>
    /// <param name="batches">The number of training steps.</param>
    public IReadOnlyList<double> Measure(int batches)
    {
        double[] seconds = new double[Products.Count];
        for (int batch = 0; batch < batches; batch++)
        {
            for (int i = 0; i < seconds.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int time = 0; time < Products[i].Times; time++)
                {
                    Products[i].Product.Multiply();
                }

                seconds[i] += Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        return seconds;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach ((_, _, MatrixProduct product) in Products)
        {
            product.Dispose();
        }
    }

    private static int GateCount(NetworkType network) => network switch
    {
        NetworkType.Lstm => 4,
        NetworkType.Gru => 3,
        NetworkType.Rnn => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "The network has no time steps."),
    };
}
