using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnService.Model.SafeTensors;

/// <summary>Strict reader for safetensors files.</summary>
internal static class SafeTensorsReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    /// <exception cref="InvalidDataException">The file does not conform to the format.</exception>
    public static SafeTensorsFile Read(ReadOnlySpan<byte> file)
    {
        ulong headerLength = BinaryPrimitives.TryReadUInt64LittleEndian(file, out ulong length) ? length : ulong.MaxValue;
        if (headerLength > (ulong)Math.Max(file.Length - SafeTensorsFile.LengthSize, 0))
        {
            throw new InvalidDataException("The safetensors file is truncated: it ends inside its header.");
        }

        ReadOnlySpan<byte> header = file.Slice(SafeTensorsFile.LengthSize, (int)headerLength);
        ReadOnlySpan<byte> data = file[(SafeTensorsFile.LengthSize + header.Length)..];
        Dictionary<string, string> metadata = [];
        List<(string Name, TensorEntry Entry)> entries = [];
        foreach ((string name, JsonElement field) in Deserialize<Dictionary<string, JsonElement>>(header))
        {
            if (name == SafeTensorsFile.MetadataField)
            {
                metadata = Deserialize<Dictionary<string, string>>(JsonMarshal.GetRawUtf8Value(field));
            }
            else
            {
                entries.Add((name, ReadEntry(name, field)));
            }
        }

        ThrowUnlessContiguous(entries, data.Length);
        List<NamedTensor> tensors = [];
        foreach ((string name, TensorEntry entry) in entries)
        {
            tensors.Add(new NamedTensor(name, entry.Shape, Values(data[(int)entry.DataOffsets[0]..(int)entry.DataOffsets[1]])));
        }

        return new SafeTensorsFile(tensors, metadata);
    }

    private static TensorEntry ReadEntry(string name, JsonElement field)
    {
        TensorEntry entry = Deserialize<TensorEntry>(JsonMarshal.GetRawUtf8Value(field));
        if (entry is not { DType: SafeTensorsFile.Float32, Shape: not null, DataOffsets: [long begin, long end] })
        {
            throw new InvalidDataException($"Tensor '{name}' is not float32 with a shape and two offsets.");
        }

        long length = ByteLength(name, entry.Shape);
        return begin >= 0 && end - begin == length
            ? entry
            : throw new InvalidDataException($"Tensor '{name}' has the offsets {begin} and {end}, but its shape needs {length} bytes.");
    }

    /// <summary>Verifies that every byte of the data belongs to exactly one tensor.</summary>
    private static void ThrowUnlessContiguous(IEnumerable<(string Name, TensorEntry Entry)> entries, int dataLength)
    {
        long expected = 0;
        foreach ((string name, TensorEntry entry) in entries.OrderBy(entry => entry.Entry.DataOffsets[0]).ThenBy(entry => entry.Entry.DataOffsets[1]))
        {
            long begin = entry.DataOffsets[0];
            if (begin != expected)
            {
                string fault = begin < expected ? "overlaps the tensor before it" : "leaves a gap";
                throw new InvalidDataException($"Tensor '{name}' {fault}: it begins at byte {begin}, not {expected}.");
            }

            expected = entry.DataOffsets[1];
        }

        if (expected != dataLength)
        {
            string fault = expected > dataLength ? "is truncated" : "has trailing bytes";
            throw new InvalidDataException($"The safetensors file {fault}: its tensors need {expected} bytes of data, but {dataLength} follow the header.");
        }
    }

    private static float[] Values(ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[bytes.Length / sizeof(float)];
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static T Deserialize<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json) ?? throw new InvalidDataException("The safetensors header is malformed: a value is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The safetensors header is malformed: {e.Message}", e);
        }
    }

    private static long ByteLength(string name, IReadOnlyList<long> shape)
    {
        long length = sizeof(float);
        foreach (long size in shape)
        {
            if (size < 0)
            {
                throw new InvalidDataException($"Tensor '{name}' has a negative size.");
            }

            // Larger tensors do not fit into a span; the product of two such numbers does not overflow.
            length = size <= int.MaxValue && length <= int.MaxValue
                ? length * size
                : throw new InvalidDataException($"Tensor '{name}' is too large: its shape is [{string.Join(", ", shape)}].");
        }

        return length;
    }
}
