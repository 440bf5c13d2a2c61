using RnnService.Model.SafeTensors;

namespace RnnService.Model.Architecture;

/// <summary>A trained network as a file: its architecture and its weights. The safetensors file alone is enough to load the network.</summary>
/// <param name="Settings">The architecture.</param>
/// <param name="Tensors">The weights: names, shapes and order are those that <paramref name="Settings"/> imply.</param>
public sealed record NetworkFile(NetworkSettings Settings, IReadOnlyList<NamedTensor> Tensors)
{
    /// <summary>The file's bytes: equal networks give equal bytes.</summary>
    public byte[] ToBytes() => new SafeTensorsFile(Tensors, NetworkMetadata.From(Settings)).ToBytes();

    /// <summary>Reads a file, strictly.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="settings">The architecture of a file that does not carry it, such as one written by another program; otherwise null.</param>
    /// <exception cref="InvalidDataException">The file is damaged; it carries no settings and none are given, or others than those given; a tensor is missing, unknown, of another shape, or not finite.</exception>
    public static NetworkFile Parse(ReadOnlySpan<byte> file, NetworkSettings? settings = null)
    {
        SafeTensorsFile content = SafeTensorsFile.Parse(file);
        NetworkSettings? own = NetworkMetadata.Read(content.Metadata);
        if (own is not null && settings is not null && own != settings)
        {
            throw new InvalidDataException($"The file holds a network with other settings: {own}, not {settings}.");
        }

        NetworkSettings found = own ?? settings ?? throw new InvalidDataException("The file does not carry its network's settings. Pass them, too.");
        if (content.Tensors.FirstOrDefault(tensor => !tensor.IsFinite) is NamedTensor bad)
        {
            throw new InvalidDataException($"A value of the tensor '{bad.Name}' is not finite.");
        }

        return new NetworkFile(found, InOrder(found, content.Tensors));
    }

    private static List<NamedTensor> InOrder(NetworkSettings settings, IReadOnlyList<NamedTensor> tensors)
    {
        TensorsByName byName = new(tensors);
        List<NamedTensor> ordered = [.. settings.Weights.Select(weight => byName.Take(weight.Name, weight.Sizes))];
        byName.ThrowIfAnyIsLeft();
        return ordered;
    }
}
