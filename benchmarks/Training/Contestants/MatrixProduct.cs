using TorchSharp;
using static TorchSharp.torch;

namespace RnnService.Benchmarks.Training.Contestants;

/// <summary>libtorch's product of two float32 matrices, written into a preallocated matrix.</summary>
internal sealed class MatrixProduct : IDisposable
{
    private readonly Tensor left;
    private readonly Tensor right;
    private readonly Tensor product;

    /// <param name="rows">Rows of the left matrix and of the product.</param>
    /// <param name="inner">Columns of the left matrix and rows of the right matrix.</param>
    /// <param name="columns">Columns of the right matrix and of the product.</param>
    public MatrixProduct(int rows, int inner, int columns)
    {
        (Rows, Inner, Columns) = (rows, inner, columns);
        left = rand(rows, inner);
        right = rand(inner, columns);
        product = zeros(rows, columns);
    }

    /// <summary>Rows of the left matrix and of the product.</summary>
    public int Rows { get; }

    /// <summary>Columns of the left matrix and rows of the right matrix.</summary>
    public int Inner { get; }

    /// <summary>Columns of the right matrix and of the product.</summary>
    public int Columns { get; }

    /// <summary>Floating-point operations in one product.</summary>
    public double Flop => 2.0 * Rows * Inner * Columns;

    /// <summary>Calculates the product once.</summary>
    public void Multiply()
    {
        using DisposeScope scope = NewDisposeScope();
        product.addmm_(left, right, beta: 0, alpha: 1);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        left.Dispose();
        right.Dispose();
        product.Dispose();
    }
}
