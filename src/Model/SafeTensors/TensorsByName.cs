namespace RnnService.Model.SafeTensors;

/// <summary>A set of tensors from which a network takes each of its weights once, by name. Missing and additional tensors are errors.</summary>
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

    /// <summary>Whether a tensor is there that was not taken.</summary>
    public bool Contains(string name) => left.ContainsKey(name);

    /// <summary>Removes and returns a tensor.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing or has the wrong shape.</exception>
    public NamedTensor Take(string name, IReadOnlyList<long> shape)
    {
        NamedTensor tensor = Take(name);
        tensor.ThrowUnlessShaped(shape);
        return tensor;
    }

    /// <summary>Removes and returns a tensor of any shape.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing.</exception>
    public NamedTensor Take(string name) =>
        left.Remove(name, out NamedTensor? tensor) ? tensor : throw new InvalidDataException($"The tensor '{name}' is missing.");

    /// <summary>Verifies that all tensors have been taken.</summary>
    /// <exception cref="InvalidDataException">A tensor has not been taken, because the network does not have it.</exception>
    public void ThrowIfAnyIsLeft()
    {
        if (left.Count > 0)
        {
            throw new InvalidDataException($"The network has no tensor '{left.Keys.First()}'.");
        }
    }
}
