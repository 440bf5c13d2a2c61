using System.Numerics;

namespace RnnService.Model.Training;

/// <summary>One vectorized step of Adam, for the weights of one tensor.</summary>
/// <param name="size">The learning rate, divided by the bias correction of the first moment.</param>
/// <param name="rootScale">The bias correction of the second moment's root, by which the root is multiplied.</param>
/// <param name="gradientScale">The factor of the gradient, for clipping.</param>
internal readonly struct AdamStep(float size, float rootScale, float gradientScale)
{
    public const double MeanDecay = 0.9;
    public const double SquareDecay = 0.999;
    private const float Epsilon = 1e-8f;
    private const float Smallest = 1e-30f;

    /// <summary>Updates the weights and both moments of their gradient. All spans have the same length.</summary>
    public void Apply(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> means, Span<float> squares)
    {
        int i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> slope = gradientScale * new Vector<float>(gradient[i..]);
            Vector<float> mean = new(means[i..]);
            Vector<float> square = new(squares[i..]);
            mean = Flush(mean + ((float)(1 - MeanDecay) * (slope - mean)));
            square = Flush(((float)SquareDecay * square) + ((float)(1 - SquareDecay) * slope * slope));
            Vector<float> root = (rootScale * Vector.SquareRoot(square)) + new Vector<float>(Epsilon);
            mean.CopyTo(means[i..]);
            square.CopyTo(squares[i..]);
            (new Vector<float>(weights[i..]) - (size * mean / root)).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            float slope = gradientScale * gradient[i];
            means[i] = Flush(means[i] + ((float)(1 - MeanDecay) * (slope - means[i])));
            squares[i] = Flush(((float)SquareDecay * squares[i]) + ((float)(1 - SquareDecay) * slope * slope));
            weights[i] -= size * means[i] / ((rootScale * MathF.Sqrt(squares[i])) + Epsilon);
        }
    }

    // The moments of a weight whose gradient remains zero, such as that of a dead unit, would decay to denormal numbers, which are slow to compute with.
    private static Vector<float> Flush(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(value), new Vector<float>(Smallest)), Vector<float>.Zero, value);

    private static float Flush(float value) => Math.Abs(value) < Smallest ? 0 : value;
}
