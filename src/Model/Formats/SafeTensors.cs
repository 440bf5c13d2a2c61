using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnService.Model.Formats;

/// <summary>
/// Named float32 tensors in one run of bytes: the header's length as a little-endian 64-bit integer, a JSON header, the data.
/// Source: the safetensors format specification, version 0.4. Written the same way every time, so equal tensors have equal bytes.
/// </summary>
/// <param name="Tensors">Each tensor's name, shape and values, in the file's order.</param>
/// <param name="Metadata">What else the header says, as text; empty for most files.</param>
public sealed record SafeTensors(IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    private const int LengthSize = sizeof(ulong);
    private const string Float32 = "F32";
    private const string MetadataField = "__metadata__";

    /// <summary>Tensors and nothing else.</summary>
    /// <param name="tensors">Each tensor's name, shape and values.</param>
    public SafeTensors(IReadOnlyList<NamedTensor> tensors)
        : this(tensors, new Dictionary<string, string>())
    {
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] header = Header();
        byte[] file = new byte[LengthSize + header.Length + Tensors.Sum(tensor => tensor.ByteLength)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, LengthSize);

        Span<byte> data = file.AsSpan(LengthSize + header.Length);
        foreach (NamedTensor tensor in Tensors)
        {
            MemoryMarshal.AsBytes(tensor.Values.Span).CopyTo(data);
            data = data[tensor.ByteLength..];
        }

        return file;
    }

    /// <summary>Reads a file, strictly.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">The file is cut short, its header is broken, or a tensor is not float32.</exception>
    public static SafeTensors Parse(ReadOnlySpan<byte> file)
    {
        ulong headerLength = BinaryPrimitives.TryReadUInt64LittleEndian(file, out ulong length) ? length : ulong.MaxValue;
        if (headerLength > (ulong)Math.Max(file.Length - LengthSize, 0))
        {
            throw new InvalidDataException("The safetensors file is cut short: it ends inside its header.");
        }

        ReadOnlySpan<byte> data = file[(LengthSize + (int)headerLength)..];
        List<NamedTensor> tensors = [];
        Dictionary<string, string> metadata = [];
        foreach ((string name, JsonElement field) in Fields(file.Slice(LengthSize, (int)headerLength)))
        {
            if (name == MetadataField)
            {
                metadata = As<Dictionary<string, string>>(field) ?? metadata;
            }
            else
            {
                tensors.Add(Read(name, As<TensorEntry>(field), data));
            }
        }

        return new SafeTensors(tensors, metadata);
    }

    private byte[] Header()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WritePropertyName(MetadataField);
                JsonSerializer.Serialize(json, Metadata, JsonSerializerOptions.Web);
            }

            int offset = 0;
            foreach (NamedTensor tensor in Tensors)
            {
                json.WritePropertyName(tensor.Name);
                JsonSerializer.Serialize(json, new TensorEntry(Float32, tensor.Shape, [offset, offset + tensor.ByteLength]), JsonSerializerOptions.Web);
                offset += tensor.ByteLength;
            }

            json.WriteEndObject();
        }

        // Spaces bring the data to an 8-byte boundary, as the reference writer does.
        while (stream.Length % LengthSize != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static Dictionary<string, JsonElement> Fields(ReadOnlySpan<byte> header)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(header) ?? [];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The safetensors header is broken: {e.Message}", e);
        }
    }

    private static T? As<T>(JsonElement field)
    {
        try
        {
            return field.Deserialize<T>(JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The safetensors header is broken: {e.Message}", e);
        }
    }

    private static NamedTensor Read(string name, TensorEntry? entry, ReadOnlySpan<byte> data)
    {
        if (entry is not { DType: Float32, Shape: not null, DataOffsets: [long begin, long end] })
        {
            throw new InvalidDataException($"Tensor '{name}' is not float32 with a shape and two offsets.");
        }

        long length = ByteLength(name, entry.Shape);
        if (begin < 0 || end > data.Length || end - begin != length)
        {
            throw new InvalidDataException($"Tensor '{name}' says it lies at bytes {begin} to {end}, but it needs {length} bytes and the file has {data.Length}.");
        }

        float[] values = MemoryMarshal.Cast<byte, float>(data[(int)begin..(int)end]).ToArray();
        return new NamedTensor(name, entry.Shape, values);
    }

    private static long ByteLength(string name, IReadOnlyList<long> shape)
    {
        long length = sizeof(float);
        foreach (long size in shape)
        {
            if (size < 0)
            {
                throw new InvalidDataException($"Tensor '{name}' has a size below 0.");
            }

            // No file that fits into memory has more; the product of two such numbers does not overflow.
            length = size <= int.MaxValue && length <= int.MaxValue
                ? length * size
                : throw new InvalidDataException($"Tensor '{name}' is too large: its shape is [{string.Join(", ", shape)}].");
        }

        return length;
    }
}
