using System.Runtime.InteropServices;
using RnnService.Model.SafeTensors;
using static RnnService.Model.Onnx.OnnxFields;

namespace RnnService.Model.Onnx;

/// <summary>
/// A graph of ONNX operators, built in topological order. A node refers to values by name: inputs of the graph, tensors, and outputs of earlier nodes. An empty name
/// omits an optional input or output.
/// </summary>
/// <param name="name">The graph's name.</param>
internal sealed class OnnxGraph(string name)
{
    private const int Float = 1; // TensorProto.DataType.FLOAT
    private const int Int = 2; // AttributeProto.AttributeType.INT
    private const int String = 3; // AttributeProto.AttributeType.STRING
    private const int Ints = 7; // AttributeProto.AttributeType.INTS
    private const string BatchSize = "N";

    private readonly ProtobufMessage graph = new ProtobufMessage().With(GraphProto.Name, name);

    /// <summary>The graph as a <c>GraphProto</c>.</summary>
    public ProtobufMessage Message => graph;

    public static ProtobufMessage Attribute(string name, long value) => new ProtobufMessage()
        .With(AttributeProto.Name, name)
        .With(AttributeProto.Type, Int)
        .With(AttributeProto.I, value);

    public static ProtobufMessage Attribute(string name, string value) => new ProtobufMessage()
        .With(AttributeProto.Name, name)
        .With(AttributeProto.Type, String)
        .With(AttributeProto.S, value);

    public static ProtobufMessage Attribute(string name, IEnumerable<long> values) => new ProtobufMessage()
        .With(AttributeProto.Name, name)
        .With(AttributeProto.Type, Ints)
        .WithEach(AttributeProto.Ints, values);

    /// <summary>Adds an input of the graph: float32 [N, <paramref name="sizes"/>], where N is dynamic.</summary>
    public void AddInput(string name, string description, params IEnumerable<long> sizes) =>
        graph.With(GraphProto.Input, Value(name, description, sizes));

    /// <summary>Adds an output of the graph: float32 [N, <paramref name="sizes"/>], where N is dynamic.</summary>
    public void AddOutput(string name, string description, params IEnumerable<long> sizes) =>
        graph.With(GraphProto.Output, Value(name, description, sizes));

    /// <summary>Adds a tensor as an initializer.</summary>
    /// <returns>The tensor's name.</returns>
    public string AddTensor(NamedTensor tensor)
    {
        graph.With(GraphProto.Initializer, new ProtobufMessage()
            .WithEach(TensorProto.Dims, tensor.Shape)
            .With(TensorProto.DataType, Float)
            .With(TensorProto.Name, tensor.Name)
            .With(TensorProto.RawData, MemoryMarshal.AsBytes(tensor.Values.Span).ToArray()));
        return tensor.Name;
    }

    public void AddNode(string operatorName, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params IEnumerable<ProtobufMessage> attributes) =>
        graph.With(GraphProto.Node, new ProtobufMessage()
            .WithEach(NodeProto.Input, inputs)
            .WithEach(NodeProto.Output, outputs)
            .With(NodeProto.Name, $"{outputs[^1]}/{operatorName}")
            .With(NodeProto.OpType, operatorName)
            .WithEach(NodeProto.Attribute, attributes));

    private static ProtobufMessage Value(string name, string description, IEnumerable<long> sizes)
    {
        ProtobufMessage shape = new ProtobufMessage()
            .With(TensorShapeProto.Dim, new ProtobufMessage().With(TensorShapeProto.Dimension.DimParam, BatchSize))
            .WithEach(TensorShapeProto.Dim, sizes.Select(size => new ProtobufMessage().With(TensorShapeProto.Dimension.DimValue, size)));

        return new ProtobufMessage()
            .With(ValueInfoProto.Name, name)
            .With(ValueInfoProto.DocString, description)
            .With(ValueInfoProto.Type, new ProtobufMessage()
                .With(TypeProto.TensorType, new ProtobufMessage()
                    .With(TypeProto.Tensor.ElemType, Float)
                    .With(TypeProto.Tensor.Shape, shape)));
    }
}
