using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnService.Model.SafeTensors;

/// <summary>Writes safetensors files.</summary>
internal static class SafeTensorsWriter
{
    public static byte[] Write(SafeTensorsFile content)
    {
        byte[] header = Header(content);
        byte[] file = new byte[SafeTensorsFile.LengthSize + header.Length + content.Tensors.Sum(tensor => tensor.ByteLength)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, SafeTensorsFile.LengthSize);

        Span<byte> data = file.AsSpan(SafeTensorsFile.LengthSize + header.Length);
        foreach (NamedTensor tensor in content.Tensors)
        {
            MemoryMarshal.AsBytes(tensor.Values.Span).CopyTo(data);
            data = data[tensor.ByteLength..];
        }

        return file;
    }

    private static byte[] Header(SafeTensorsFile content)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            if (content.Metadata.Count > 0)
            {
                json.WritePropertyName(SafeTensorsFile.MetadataField);
                JsonSerializer.Serialize(json, content.Metadata, JsonSerializerOptions.Web);
            }

            int offset = 0;
            foreach (NamedTensor tensor in content.Tensors)
            {
                json.WritePropertyName(tensor.Name);
                JsonSerializer.Serialize(json, new TensorEntry(SafeTensorsFile.Float32, tensor.Shape, [offset, offset + tensor.ByteLength]), JsonSerializerOptions.Web);
                offset += tensor.ByteLength;
            }

            json.WriteEndObject();
        }

        // Spaces align the data to 8 bytes, as in the reference implementation.
        while (stream.Length % SafeTensorsFile.LengthSize != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }
}
