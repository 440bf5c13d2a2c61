using RnnService.Model.SafeTensors;
using TorchSharp.Modules;

namespace RnnService.Model.Training;

/// <summary>One value in managed memory for each of a network's weights, such as a running mean. Initially zero.</summary>
internal sealed class WeightBuffers
{
    private readonly NamedTensor[] layout;
    private readonly float[][] values;

    /// <param name="weights">The network's weights, by name.</param>
    public WeightBuffers(IEnumerable<(string Name, Parameter Parameter)> weights)
    {
        layout = [.. weights.Select(weight => new NamedTensor(weight.Name, weight.Parameter.shape, default))];
        values = [.. weights.Select(weight => new float[weight.Parameter.numel()])];
    }

    /// <summary>The values for one of the network's tensors, by its index.</summary>
    public Span<float> this[int tensor] => values[tensor];

    /// <summary>Copies of all values, with the names and shapes of the weights.</summary>
    public IReadOnlyList<NamedTensor> Copy() => [.. layout.Zip(values, (tensor, buffer) => tensor with { Values = buffer.ToArray() })];

    /// <summary>Overwrites all values.</summary>
    /// <param name="stored">The result of <see cref="Copy"/>.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, is unknown, or has the wrong shape.</exception>
    public void Restore(IEnumerable<NamedTensor> stored)
    {
        TensorsByName tensors = new(stored);
        for (int i = 0; i < layout.Length; i++)
        {
            tensors.Take(layout[i].Name, layout[i].Shape).Values.CopyTo(values[i]);
        }

        tensors.ThrowIfAnyIsLeft();
    }
}
