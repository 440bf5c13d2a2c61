namespace RnnService.Model.SafeTensors;

/// <summary>
/// A safetensors file of float32 tensors: the header's length as a little-endian 64-bit integer, a JSON header, and the data.
/// Source: the safetensors format specification. Output is deterministic: identical tensors produce identical bytes.
/// </summary>
/// <param name="Tensors">Name, shape and values of each tensor, in the order of the header.</param>
/// <param name="Metadata">Text fields of the header; may be empty.</param>
public sealed record SafeTensorsFile(IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Size of the header's length at the beginning of a file, and the alignment of the data, in bytes.</summary>
    internal const int LengthSize = sizeof(ulong);

    /// <summary>The data type of float32 tensors.</summary>
    internal const string Float32 = "F32";

    /// <summary>The header's field for <see cref="Metadata"/>.</summary>
    internal const string MetadataField = "__metadata__";

    /// <summary>Creates a file without metadata.</summary>
    /// <param name="tensors">Name, shape and values of each tensor.</param>
    public SafeTensorsFile(IReadOnlyList<NamedTensor> tensors)
        : this(tensors, new Dictionary<string, string>())
    {
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => SafeTensorsWriter.Write(this);

    /// <summary>Parses a file strictly: every byte belongs to the header or to exactly one tensor.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">
    /// The file is truncated or has trailing bytes, its header is malformed, a name occurs twice, a tensor is not float32, or tensors overlap or leave a gap.
    /// </exception>
    public static SafeTensorsFile Parse(ReadOnlySpan<byte> file) => SafeTensorsReader.Read(file);
}
