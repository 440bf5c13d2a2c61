using System.Numerics;
using RnnService.Model.SafeTensors;
using RnnService.Model.Networks;
using TorchSharp.Modules;

namespace RnnService.Model.Training;

/// <summary>
/// An exponential moving average of a network's weights over the steps, which tells digits apart better than any one step's weights:
/// Polyak and Juditsky, 1992. The network has the one or the other, and this has the other.
/// </summary>
internal sealed class WeightAverage
{
    private readonly double decay;
    private readonly Parameter[] parameters;
    private readonly WeightBuffers shadow;

    /// <summary>Begins at the network's weights.</summary>
    /// <param name="weights">The network's weights, by name.</param>
    /// <param name="decay">What is left of the average after a step, once many are done: 0 to 1.</param>
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

    /// <summary>Copies of what the network does not have just now.</summary>
    public IReadOnlyList<NamedTensor> Shadow => shadow.Copy();

    /// <summary>Takes the network's weights into the average. While few steps are done the average forgets faster, or else it would stay at the first weights.</summary>
    /// <param name="steps">How many steps were taken in before.</param>
    public void Update(long steps)
    {
        float share = (float)(1 - Math.Min(decay, (1.0 + steps) / (10.0 + steps)));
        for (int i = 0; i < parameters.Length; i++)
        {
            MoveTowards(NativeTensor.Span(parameters[i]), share, shadow[i]);
        }
    }

    /// <summary>Gives the network the average and keeps its weights, or the other way round. Nothing is lost.</summary>
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

    /// <exception cref="InvalidDataException">The weights are of another network.</exception>
    public void Restore(IEnumerable<NamedTensor> stored) => shadow.Restore(stored);

    private static void MoveTowards(ReadOnlySpan<float> weights, float share, Span<float> average)
    {
        int i = 0;
        for (; i <= average.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> mean = new(average[i..]);
            (mean + (share * (new Vector<float>(weights[i..]) - mean))).CopyTo(average[i..]);
        }

        for (; i < average.Length; i++)
        {
            average[i] += share * (weights[i] - average[i]);
        }
    }
}
