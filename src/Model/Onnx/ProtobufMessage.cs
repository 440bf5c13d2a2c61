using Google.Protobuf;

namespace RnnService.Model.Onnx;

/// <summary>A protobuf message, built field by field. Repeated fields are added once for each value.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<Action<CodedOutputStream>> fields = [];

    public ProtobufMessage With(int field, long value) =>
        With(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    public ProtobufMessage With(int field, string value) =>
        With(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    public ProtobufMessage With(int field, ReadOnlyMemory<byte> value) =>
        With(field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value)));

    public ProtobufMessage With(int field, ProtobufMessage value) => With(field, value.ToBytes());

    public ProtobufMessage WithEach(int field, IEnumerable<long> values) =>
        values.Aggregate(this, (message, value) => message.With(field, value));

    public ProtobufMessage WithEach(int field, IEnumerable<string> values) =>
        values.Aggregate(this, (message, value) => message.With(field, value));

    public ProtobufMessage WithEach(int field, IEnumerable<ProtobufMessage> values) =>
        values.Aggregate(this, (message, value) => message.With(field, value));

    public byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using CodedOutputStream output = new(bytes);
        fields.ForEach(write => write(output));
        output.Flush();
        return bytes.ToArray();
    }

    private ProtobufMessage With(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }
}
