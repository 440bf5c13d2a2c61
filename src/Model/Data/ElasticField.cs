using System.Numerics;
using RnnService.Model.Images;
using RnnService.Model.Numerics;

namespace RnnService.Model.Data;

/// <summary>
/// A smooth random displacement of every pixel along one axis: normally distributed at the nodes of a coarse grid, and Gaussian-weighted
/// sums of those in between. Much like smoothing noise at every pixel (Simard, Steinkraus and Platt, 2003), at a fraction of the cost.
/// </summary>
internal readonly ref struct ElasticField
{
    /// <summary>Floats of a row of displacements: the image's 28 columns, and room for whole vectors.</summary>
    public const int RowLength = 32;

    /// <summary>Floats that a field needs.</summary>
    public const int Length = NodeCount * RowLength;

    private const int NodeCount = 5;

    /// <summary>Standard deviation of the Gaussian weights, in pixels: the larger, the smoother.</summary>
    private const double Smoothness = 4.5;

    /// <summary>What each node (row) weighs at each pixel (column); the squares over all nodes are 1 everywhere, so that no place is moved more than another.</summary>
    private static readonly float[] Weights = NodeWeights();

    /// <summary>The nodes' displacements, weighted along the columns: [nodes, columns].</summary>
    private readonly Span<float> columns;

    /// <summary>Draws a field.</summary>
    /// <param name="deviation">Standard deviation of every pixel's displacement, in pixels.</param>
    /// <param name="random">What the nodes are drawn from.</param>
    /// <param name="buffer"><see cref="Length"/> floats for the field to use.</param>
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

    /// <summary>The displacements of a run of pixels in one row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The run's first column.</param>
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
