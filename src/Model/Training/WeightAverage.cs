using System.Numerics;
using RnnService.Model.Networks;
using RnnService.Model.SafeTensors;
using TorchSharp.Modules;

namespace RnnService.Model.Training;

/// <summary>
/// An exponential moving average of a network's weights over the optimizer steps, which generalizes better than the weights of a single step. Source: Polyak and
/// Juditsky, 1992. Either the weights or their average are in the network; the other set is in the shadow weights.
/// </summary>
internal sealed class WeightAverage
{
    private readonly double decay;
    private readonly Parameter[] parameters;
    private readonly WeightBuffers shadow;

    /// <summary>Starts the average at the network's weights.</summary>
    /// <param name="weights">The network's weights, by name.</param>
    /// <param name="decay">Factor of the previous average in each update after the first steps, from 0 to 1.</param>
    public WeightAverage(IEnumerable<(string Name, Parameter Parameter)> weights, double decay)
    {
        this.decay = decay;
        parameters = [.. weights.Select(weight => weight.Parameter)];
        shadow = new WeightBuffers(weights);
        for (int i = 0; i < parameters.Length; i++)
        {
            NativeTensor.Span(parameters[i]).CopyTo(shadow[i]);
        }
    }

    /// <summary>Copies of the shadow weights: the set that is currently not in the network.</summary>
    public IReadOnlyList<NamedTensor> Shadow => shadow.Copy();

    /// <summary>Updates the average with the network's weights. The decay is smaller in the first steps, which reduces the influence of the initial weights.</summary>
    /// <param name="steps">Number of previous updates.</param>
    public void Update(long steps)
    {
        float rate = (float)(1 - Math.Min(decay, (1.0 + steps) / (10.0 + steps)));
        for (int i = 0; i < parameters.Length; i++)
        {
            MoveToward(NativeTensor.Span(parameters[i]), rate, shadow[i]);
        }
    }

    /// <summary>Exchanges the network's weights with the shadow weights.</summary>
    public void Exchange()
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            Span<float> weights = NativeTensor.Span(parameters[i]);
            float[] kept = weights.ToArray();
            shadow[i].CopyTo(weights);
            kept.CopyTo(shadow[i]);
        }
    }

    /// <exception cref="InvalidDataException">The weights belong to a different network.</exception>
    public void Restore(IEnumerable<NamedTensor> stored) => shadow.Restore(stored);

    private static void MoveToward(ReadOnlySpan<float> weights, float rate, Span<float> average)
    {
        int i = 0;
        for (; i <= average.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> mean = new(average[i..]);
            (mean + (rate * (new Vector<float>(weights[i..]) - mean))).CopyTo(average[i..]);
        }

        for (; i < average.Length; i++)
        {
            average[i] += rate * (weights[i] - average[i]);
        }
    }
}
