namespace RnnService.Model.SafeTensors;

/// <summary>Tensors to be taken by name, each once. Weights with a missing or an additional tensor belong to another network.</summary>
internal sealed class TensorsByName
{
    private readonly Dictionary<string, NamedTensor> left = [];

    /// <param name="tensors">The tensors.</param>
    /// <exception cref="InvalidDataException">A name occurs twice.</exception>
    public TensorsByName(IEnumerable<NamedTensor> tensors)
    {
        foreach (NamedTensor tensor in tensors)
        {
            if (!left.TryAdd(tensor.Name, tensor))
            {
                throw new InvalidDataException($"The tensor '{tensor.Name}' occurs twice.");
            }
        }
    }

    /// <exception cref="InvalidDataException">There is no such tensor, or it has another shape.</exception>
    public NamedTensor Take(string name, IReadOnlyList<long> shape)
    {
        if (!left.Remove(name, out NamedTensor? tensor))
        {
            throw new InvalidDataException($"The weights lack the tensor '{name}'.");
        }

        tensor.ThrowUnlessShaped(shape);
        return tensor;
    }

    /// <exception cref="InvalidDataException">There are tensors that the network does not have.</exception>
    public void ThrowIfAnyIsLeft()
    {
        if (left.Count > 0)
        {
            throw new InvalidDataException($"The network has no tensor '{left.Keys.First()}'.");
        }
    }
}
