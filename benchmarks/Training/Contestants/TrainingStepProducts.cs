using System.Diagnostics;
using RnnService.Model.Architecture;
using RnnService.Model.Images;
using RnnService.Model.Training;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>
/// The matrix products of one training step of a recurrent layer, and nothing else: what a training takes at least, if libtorch multiplies. The gradient
/// of the pixels is not needed, so the backward step's product is narrower than the forward step's. The output layer (0.03% of the work) is left out.
/// </summary>
internal sealed class TrainingStepProducts : IDisposable
{
    private const int TimeSteps = DigitImage.Side;

    /// <param name="settings">Network, hidden size and batch size are taken from it.</param>
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

    /// <summary>What each product is for, how often a training step needs it, and the product.</summary>
    public IReadOnlyList<(string Name, int Times, MatrixProduct Product)> Products { get; }

    /// <summary>Images of one training step.</summary>
    public int BatchSize { get; }

    /// <summary>Multiplications and additions for each image.</summary>
    public double FlopPerImage => Products.Sum(product => product.Times * product.Product.Flop) / BatchSize;

    /// <summary>Does the products of so many training steps; returns the seconds that each of <see cref="Products"/> took.</summary>
    /// <param name="batches">How many steps.</param>
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
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "It has no time steps."),
    };
}
