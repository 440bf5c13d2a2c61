using System.Numerics;

namespace RnnService.Model.Training;

/// <summary>What one step of Adam does to the weights of a tensor, whole vectors at a time.</summary>
/// <param name="size">The learning rate, divided by what the means' early bias leaves of them.</param>
/// <param name="rootScale">What the squares' roots are multiplied by to be rid of their early bias.</param>
/// <param name="gradientScale">What the gradient is multiplied by.</param>
internal readonly struct AdamStep(float size, float rootScale, float gradientScale)
{
    public const double MeanDecay = 0.9;
    public const double SquareDecay = 0.999;
    private const float Epsilon = 1e-8f;
    private const float Smallest = 1e-30f;

    /// <summary>Changes the weights, the gradient's running means and the running means of its squares; all are as long.</summary>
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

    // A weight that gets no gradient any more, such as a dead unit's, would otherwise keep denormal means for ever, which cost more to calculate with.
    private static Vector<float> Flush(Vector<float> value) =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(value), new Vector<float>(Smallest)), Vector<float>.Zero, value);

    private static float Flush(float value) => Math.Abs(value) < Smallest ? 0 : value;
}
