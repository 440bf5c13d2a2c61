using System.Runtime.InteropServices;

namespace RnnService.Model.Formats;

/// <summary>
/// An ONNX graph under construction. Field numbers are those of the ONNX intermediate representation, <c>onnx.proto</c>, IR version 8.
/// </summary>
internal sealed class OnnxGraph
{
    private const long IrVersion = 8;
    private const long OperatorSet = 14;
    private const long Float32 = 1;
    private const long Int64 = 7;

    private readonly ProtobufMessage graph = new ProtobufMessage().Add(2, "digits");

    /// <summary>An input of the graph: float32, its first dimension any length.</summary>
    public void AddInput(string name, string meaning, params ReadOnlySpan<long> sizes) => graph.Add(11, ValueInfo(name, meaning, sizes));

    /// <summary>An output of the graph: float32, its first dimension any length.</summary>
    public void AddOutput(string name, string meaning, params ReadOnlySpan<long> sizes) => graph.Add(12, ValueInfo(name, meaning, sizes));

    /// <summary>Constant numbers, float32.</summary>
    /// <returns>Their name.</returns>
    public string AddConstant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        AddTensor(name, Float32, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Constant whole numbers, int64.</summary>
    /// <returns>Their name.</returns>
    public string AddConstant(string name, ReadOnlySpan<long> values) => AddTensor(name, Int64, MemoryMarshal.AsBytes(values), values.Length);

    /// <summary>An operator; an input or output that is not used is an empty name.</summary>
    /// <returns>Its last output's name.</returns>
    public string AddNode(string operation, string[] inputs, string[] outputs, params ReadOnlySpan<ProtobufMessage> attributes)
    {
        ProtobufMessage node = new ProtobufMessage().Add(3, $"{operation} {outputs[^1]}").Add(4, operation);
        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        foreach (string output in outputs)
        {
            node.Add(2, output);
        }

        foreach (ProtobufMessage attribute in attributes)
        {
            node.Add(5, attribute);
        }

        graph.Add(1, node);
        return outputs[^1];
    }

    public static ProtobufMessage Attribute(string name, long value) => new ProtobufMessage().Add(1, name).Add(3, value).Add(20, 2);

    public static ProtobufMessage Attribute(string name, string value) => new ProtobufMessage().Add(1, name).Add(4, value).Add(20, 3);

    public static ProtobufMessage Attribute(string name, params ReadOnlySpan<long> values)
    {
        ProtobufMessage attribute = new ProtobufMessage().Add(1, name).Add(20, 7);
        foreach (long value in values)
        {
            attribute.Add(8, value);
        }

        return attribute;
    }

    /// <summary>The finished model's bytes.</summary>
    public byte[] ToBytes(string producer, string meaning) => new ProtobufMessage()
        .Add(1, IrVersion)
        .Add(2, producer)
        .Add(6, meaning)
        .Add(7, graph)
        .Add(8, new ProtobufMessage().Add(1, "").Add(2, OperatorSet))
        .ToBytes();

    private string AddTensor(string name, long type, ReadOnlySpan<byte> data, params ReadOnlySpan<long> shape)
    {
        ProtobufMessage tensor = new ProtobufMessage().Add(2, type).Add(8, name).Add(9, data);
        foreach (long size in shape)
        {
            tensor.Add(1, size);
        }

        graph.Add(5, tensor);
        return name;
    }

    private static ProtobufMessage ValueInfo(string name, string meaning, ReadOnlySpan<long> sizes)
    {
        ProtobufMessage shape = new ProtobufMessage().Add(1, new ProtobufMessage().Add(2, "N"));
        foreach (long size in sizes)
        {
            shape.Add(1, new ProtobufMessage().Add(1, size));
        }

        ProtobufMessage tensorType = new ProtobufMessage().Add(1, Float32).Add(2, shape);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensorType)).Add(3, meaning);
    }
}
