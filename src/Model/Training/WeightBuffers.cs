using RnnService.Model.SafeTensors;
using TorchSharp.Modules;

namespace RnnService.Model.Training;

/// <summary>One number in managed memory for each of a network's weights, such as its running mean: zeros at first.</summary>
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

    /// <summary>The numbers of one of the network's tensors, by its place.</summary>
    public Span<float> this[int tensor] => values[tensor];

    /// <summary>Copies of all numbers, named for the weights that they are of.</summary>
    public IReadOnlyList<NamedTensor> Copy() => [.. layout.Zip(values, (tensor, numbers) => tensor with { Values = numbers.ToArray() })];

    /// <summary>Puts stored numbers in place of these.</summary>
    /// <param name="stored">What <see cref="Copy"/> gave.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, or of another shape.</exception>
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
