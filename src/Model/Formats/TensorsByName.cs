namespace RnnService.Model.Formats;

/// <summary>Stored weights, taken by name until none is left: with one too few or one too many they are of another network.</summary>
/// <param name="tensors">The weights, each name once.</param>
internal sealed class TensorsByName(IEnumerable<NamedTensor> tensors)
{
    private readonly Dictionary<string, NamedTensor> left = tensors.ToDictionary(tensor => tensor.Name);

    /// <exception cref="InvalidDataException">There is no such tensor, or it has another shape.</exception>
    public NamedTensor Take(string name, params IReadOnlyList<long> shape)
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
