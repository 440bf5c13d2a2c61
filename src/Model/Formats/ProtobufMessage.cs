using System.Buffers;
using System.Text;

namespace RnnService.Model.Formats;

/// <summary>
/// A message in Protocol Buffers' wire format: fields one after another, each with its number. Source: Protocol Buffers documentation,
/// "Encoding". As much of it as an ONNX file needs.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int VarintType = 0;
    private const int LengthPrefixedType = 2;
    private const int TypeBits = 3;

    private readonly ArrayBufferWriter<byte> content = new();

    public ProtobufMessage Add(int field, long value)
    {
        WriteVarint((ulong)((field << TypeBits) | VarintType));
        WriteVarint((ulong)value);
        return this;
    }

    public ProtobufMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    public ProtobufMessage Add(int field, ProtobufMessage message) => Add(field, message.ToBytes());

    public ProtobufMessage Add(int field, ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)((field << TypeBits) | LengthPrefixedType));
        WriteVarint((ulong)bytes.Length);
        content.Write(bytes);
        return this;
    }

    public byte[] ToBytes() => content.WrittenSpan.ToArray();

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void WriteVarint(ulong value)
    {
        const int MoreFollow = 0x80;
        while (value >= MoreFollow)
        {
            content.Write([(byte)(value | MoreFollow)]);
            value >>= 7;
        }

        content.Write([(byte)value]);
    }
}
