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

    /// <summary>Changes the weights, the gradient's running means and the running means of its squares; all are as long.</summary>
    public void Apply(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> means, Span<float> squares)
    {
        int i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> slope = gradientScale * new Vector<float>(gradient[i..]);
            Vector<float> mean = new(means[i..]);
            Vector<float> square = new(squares[i..]);
            mean += (float)(1 - MeanDecay) * (slope - mean);
            square = ((float)SquareDecay * square) + ((float)(1 - SquareDecay) * slope * slope);
            Vector<float> root = (rootScale * Vector.SquareRoot(square)) + new Vector<float>(Epsilon);
            mean.CopyTo(means[i..]);
            square.CopyTo(squares[i..]);
            (new Vector<float>(weights[i..]) - (size * mean / root)).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            float slope = gradientScale * gradient[i];
            means[i] += (float)(1 - MeanDecay) * (slope - means[i]);
            squares[i] = ((float)SquareDecay * squares[i]) + ((float)(1 - SquareDecay) * slope * slope);
            weights[i] -= size * means[i] / ((rootScale * MathF.Sqrt(squares[i])) + Epsilon);
        }
    }
}
