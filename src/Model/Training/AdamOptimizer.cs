using System.Numerics;
using RnnService.Model.Networks;
using RnnService.Model.SafeTensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>
/// The Adam optimizer (Kingma and Ba, 2015) with PyTorch's default hyperparameters, fused: a step updates each weight in its native memory in a single pass. The
/// weights must be float32 on the CPU. The optimizer does not own them. Not thread-safe.
/// </summary>
public sealed class AdamOptimizer
{
    // Avoids a division by zero, as in torch.nn.utils.clip_grad_norm_.
    private const double NormEpsilon = 1e-6;

    private readonly Parameter[] parameters;
    private readonly double maxGradientNorm;
    private readonly WeightBuffers means;
    private readonly WeightBuffers squares;

    /// <summary>Creates an optimizer with zero moments.</summary>
    /// <param name="weights">The weights to optimize, such as a module's <c>named_parameters()</c>.</param>
    /// <param name="maxGradientNorm">Maximum norm of all gradients together, to which larger gradients are clipped; null for no clipping.</param>
    public AdamOptimizer(IEnumerable<(string Name, Parameter Parameter)> weights, double? maxGradientNorm = null)
    {
        parameters = [.. weights.Select(weight => weight.Parameter)];
        this.maxGradientNorm = maxGradientNorm ?? double.PositiveInfinity;
        means = new WeightBuffers(weights);
        squares = new WeightBuffers(weights);
    }

    /// <summary>Number of steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Copies of the first moments: the running means of the gradients.</summary>
    internal IReadOnlyList<NamedTensor> FirstMoments => means.Copy();

    /// <summary>Copies of the second moments: the running means of the squared gradients.</summary>
    internal IReadOnlyList<NamedTensor> SecondMoments => squares.Copy();

    /// <summary>Performs one optimization step. A weight without a gradient remains unchanged.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <returns>The norm of all gradients before clipping. If it is not finite, the step is skipped and nothing changes.</returns>
    public double Step(double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor?[] gradients = [.. parameters.Select(parameter => parameter.grad)];
        double norm = Math.Sqrt(gradients.Sum(SumOfSquares));
        if (double.IsFinite(norm))
        {
            Steps++;
            Apply(gradients, learningRate, norm > maxGradientNorm ? maxGradientNorm / (norm + NormEpsilon) : 1);
        }

        return norm;
    }

    /// <exception cref="InvalidDataException">The moments belong to a different network.</exception>
    internal void Restore(long steps, IEnumerable<NamedTensor> firstMoments, IEnumerable<NamedTensor> secondMoments)
    {
        Steps = steps;
        means.Restore(firstMoments);
        squares.Restore(secondMoments);
    }

    private static double SumOfSquares(Tensor? gradient)
    {
        if (gradient is null)
        {
            return 0;
        }

        ReadOnlySpan<float> values = NativeTensor.Span(gradient);
        Vector<double> sums = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> low, out Vector<double> high);
            sums += (low * low) + (high * high);
        }

        double sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;
    }

    private void Apply(Tensor?[] gradients, double learningRate, double gradientScale)
    {
        AdamStep step = new(
            (float)(learningRate / (1 - Math.Pow(AdamStep.MeanDecay, Steps))),
            (float)(1 / Math.Sqrt(1 - Math.Pow(AdamStep.SquareDecay, Steps))),
            (float)gradientScale);
        for (int i = 0; i < parameters.Length; i++)
        {
            if (gradients[i] is Tensor gradient)
            {
                step.Apply(NativeTensor.Span(parameters[i]), NativeTensor.Span(gradient), means[i], squares[i]);
            }
        }
    }
}
