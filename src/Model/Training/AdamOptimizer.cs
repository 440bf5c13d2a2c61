using System.Numerics;
using RnnService.Model.SafeTensors;
using RnnService.Model.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnService.Model.Training;

/// <summary>
/// Adam (Kingma and Ba, 2015) with PyTorch's defaults, straight on the weights' native memory: all that a step does to a weight happens in
/// one pass. The weights are float32 on the CPU, and stay their owner's.
/// </summary>
public sealed class AdamOptimizer
{
    // As torch's clip_grad_norm_ has it: a norm of zero is not divided by.
    private const double NormEpsilon = 1e-6;

    private readonly Parameter[] parameters;
    private readonly double maxGradientNorm;
    private readonly WeightBuffers means;
    private readonly WeightBuffers squares;

    /// <summary>Begins with nothing remembered.</summary>
    /// <param name="weights">What is trained, such as a module's <c>named_parameters()</c>.</param>
    /// <param name="maxGradientNorm">Gradients whose norm, over all weights together, is larger are scaled down to it; null for never.</param>
    public AdamOptimizer(IEnumerable<(string Name, Parameter Parameter)> weights, double? maxGradientNorm = null)
    {
        parameters = [.. weights.Select(weight => weight.Parameter)];
        this.maxGradientNorm = maxGradientNorm ?? double.PositiveInfinity;
        means = new WeightBuffers(weights);
        squares = new WeightBuffers(weights);
    }

    /// <summary>Steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Copies of the running means of the gradients.</summary>
    internal IReadOnlyList<NamedTensor> FirstMoments => means.Copy();

    /// <summary>Copies of the running means of the squared gradients.</summary>
    internal IReadOnlyList<NamedTensor> SecondMoments => squares.Copy();

    /// <summary>Goes one step down the gradients. A weight without a gradient is left as it is.</summary>
    /// <param name="learningRate">The step size.</param>
    /// <returns>The gradients' norm before they were scaled down. When it is not finite, nothing has changed.</returns>
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

    /// <exception cref="InvalidDataException">The moments are of another network.</exception>
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
