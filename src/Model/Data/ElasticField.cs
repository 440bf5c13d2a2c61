using System.Numerics;
using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>
/// A smooth random displacement of every pixel along one axis: a Gaussian-weighted sum of normally distributed displacements at the nodes of a coarse grid. It
/// approximates smoothed per-pixel noise (Simard, Steinkraus and Platt, 2003) at a fraction of the cost.
/// </summary>
internal readonly ref struct ElasticField
{
    /// <summary>Floats in a row of displacements: 28 columns, padded to whole vectors.</summary>
    public const int RowLength = 32;

    /// <summary>Buffer size of a field, in floats.</summary>
    public const int Length = NodeCount * RowLength;

    private const int NodeCount = 5;

    /// <summary>Standard deviation of the Gaussian weights, in pixels. Larger values give smoother fields.</summary>
    private const double Smoothness = 4.5;

    /// <summary>Weight of each node (row) at each pixel (column). The squared weights of a pixel sum to 1, so that all pixels have the same variance.</summary>
    private static readonly float[] Weights = NodeWeights();

    /// <summary>The nodes' displacements, interpolated along the columns: [nodes, columns].</summary>
    private readonly Span<float> columns;

    /// <summary>Draws a random field.</summary>
    /// <param name="deviation">Standard deviation of every pixel's displacement, in pixels.</param>
    /// <param name="random">The random number generator.</param>
    /// <param name="buffer"><see cref="Length"/> floats, which the field uses as its memory.</param>
    public ElasticField(float deviation, ref SplitMix64 random, Span<float> buffer)
    {
        columns = buffer;
        columns.Clear();
        for (int row = 0; row < NodeCount; row++)
        {
            Span<float> sums = columns.Slice(row * RowLength, RowLength);
            for (int column = 0; column < NodeCount; column++)
            {
                float node = deviation * random.NextNormal();
                for (int x = 0; x < RowLength; x += Vector<float>.Count)
                {
                    (new Vector<float>(sums[x..]) + (node * new Vector<float>(Weights, (column * RowLength) + x))).CopyTo(sums[x..]);
                }
            }
        }
    }

    /// <summary>The displacements of consecutive pixels in a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The first pixel's column.</param>
    public Vector<float> At(int row, int column)
    {
        Vector<float> sum = Vector<float>.Zero;
        for (int node = 0; node < NodeCount; node++)
        {
            sum += Weights[(node * RowLength) + row] * new Vector<float>(columns[((node * RowLength) + column)..]);
        }

        return sum;
    }

    private static float[] NodeWeights()
    {
        const double spacing = (DigitImage.Side - 1.0) / (NodeCount - 1);
        float[] weights = new float[Length];
        for (int pixel = 0; pixel < RowLength; pixel++)
        {
            double[] gaussian = [.. Enumerable.Range(0, NodeCount).Select(node => Math.Exp(-Math.Pow((pixel - (node * spacing)) / Smoothness, 2) / 2))];
            double norm = Math.Sqrt(gaussian.Sum(weight => weight * weight));
            for (int node = 0; node < NodeCount; node++)
            {
                weights[(node * RowLength) + pixel] = (float)(gaussian[node] / norm);
            }
        }

        return weights;
    }
}
