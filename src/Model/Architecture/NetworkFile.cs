using RnnService.Model.SafeTensors;

namespace RnnService.Model.Architecture;

/// <summary>A trained network as a file: its architecture, its weights and its calibration. The safetensors file alone is enough to load the network.</summary>
/// <param name="Settings">The architecture.</param>
/// <param name="Tensors">The weights: their names, shapes and order are determined by <paramref name="Settings"/>.</param>
/// <param name="Calibration">The calibration; null for a network that was not calibrated, such as one of an earlier version.</param>
public sealed record NetworkFile(NetworkSettings Settings, IReadOnlyList<NamedTensor> Tensors, Calibration? Calibration = null)
{
    /// <summary>The file's bytes: identical networks produce identical bytes.</summary>
    public byte[] ToBytes() => new SafeTensorsFile(Calibration is null ? Tensors : [.. Tensors, Calibration.Prototypes], NetworkMetadata.From(Settings, Calibration)).ToBytes();

    /// <summary>Parses and validates a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="settings">The architecture, for a file without metadata, such as one written by another program; otherwise null.</param>
    /// <exception cref="InvalidDataException">The file is damaged; its settings are missing or differ from <paramref name="settings"/>; its calibration is invalid; or a tensor is missing, is unknown, has the wrong shape, or is not finite.</exception>
    public static NetworkFile Parse(ReadOnlySpan<byte> file, NetworkSettings? settings = null)
    {
        SafeTensorsFile content = SafeTensorsFile.Parse(file);
        NetworkSettings? own = NetworkMetadata.Read(content.Metadata);
        if (own is not null && settings is not null && own != settings)
        {
            throw new InvalidDataException($"The file contains a network with different settings: {own} instead of {settings}.");
        }

        NetworkSettings found = own ?? settings ?? throw new InvalidDataException("The file does not contain the network's settings. Pass them as an argument.");
        if (content.Tensors.FirstOrDefault(tensor => !tensor.IsFinite) is NamedTensor bad)
        {
            throw new InvalidDataException($"A value of the tensor '{bad.Name}' is not finite.");
        }

        TensorsByName byName = new(content.Tensors);
        List<NamedTensor> ordered = [.. found.Weights.Select(weight => byName.Take(weight.Name, weight.Sizes))];
        Calibration? calibration = NetworkMetadata.ReadCalibration(content.Metadata, byName);
        calibration?.ThrowIfInvalid(found.FeatureCount);
        byName.ThrowIfAnyIsLeft();
        return new NetworkFile(found, ordered, calibration);
    }
}
