using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnService.Model.Formats;

/// <summary>
/// Named float32 tensors in one run of bytes: the header's length as a little-endian 64-bit integer, a JSON header, the data.
/// Source: the safetensors format specification, version 0.4. Written the same way every time, so equal tensors have equal bytes.
/// </summary>
public static class SafeTensors
{
    private const int LengthSize = sizeof(ulong);
    private const string Float32 = "F32";
    private const string Metadata = "__metadata__";

    /// <summary>Writes tensors in the order given.</summary>
    /// <param name="tensors">Each tensor's name, shape and values, row-major.</param>
    public static byte[] Write(IReadOnlyCollection<NamedTensor> tensors)
    {
        byte[] header = Header(tensors);
        byte[] file = new byte[LengthSize + header.Length + tensors.Sum(tensor => tensor.ByteLength)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, LengthSize);

        Span<byte> data = file.AsSpan(LengthSize + header.Length);
        foreach (NamedTensor tensor in tensors)
        {
            MemoryMarshal.AsBytes(tensor.Values.Span).CopyTo(data);
            data = data[tensor.ByteLength..];
        }

        return file;
    }

    /// <summary>Reads tensors, strictly.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">The file is cut short, its header is broken, or a tensor is not float32.</exception>
    public static IReadOnlyList<NamedTensor> Read(ReadOnlySpan<byte> file)
    {
        ulong headerLength = BinaryPrimitives.TryReadUInt64LittleEndian(file, out ulong length) ? length : ulong.MaxValue;
        if (headerLength > (ulong)Math.Max(file.Length - LengthSize, 0))
        {
            throw new InvalidDataException("The safetensors file is cut short: it ends inside its header.");
        }

        ReadOnlySpan<byte> data = file[(LengthSize + (int)headerLength)..];
        List<NamedTensor> tensors = [];
        foreach ((string name, TensorEntry entry) in Entries(file.Slice(LengthSize, (int)headerLength)))
        {
            tensors.Add(Read(name, entry, data));
        }

        return tensors;
    }

    private static byte[] Header(IReadOnlyCollection<NamedTensor> tensors)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            int offset = 0;
            json.WriteStartObject();
            foreach (NamedTensor tensor in tensors)
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

    private static IEnumerable<KeyValuePair<string, TensorEntry>> Entries(ReadOnlySpan<byte> header)
    {
        try
        {
            Dictionary<string, JsonElement> fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(header) ?? [];
            return [.. fields
                .Where(field => field.Key != Metadata)
                .Select(field => KeyValuePair.Create(field.Key, field.Value.Deserialize<TensorEntry>(JsonSerializerOptions.Web)!))];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The safetensors header is broken: {e.Message}", e);
        }
    }

    private static NamedTensor Read(string name, TensorEntry entry, ReadOnlySpan<byte> data)
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
