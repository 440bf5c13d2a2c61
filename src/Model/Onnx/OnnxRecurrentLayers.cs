using RnnService.Model.Architecture;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Onnx;

/// <summary>Adds the recurrent layers that read images in one order to a graph.</summary>
/// <param name="graph">The graph to add them to.</param>
/// <param name="shape">The layers.</param>
/// <param name="tensors">The weights.</param>
internal sealed class OnnxRecurrentLayers(OnnxGraph graph, RecurrentShape shape, TensorsByName tensors)
{
    // From [N, row, pixel] to time-major: ONNX Runtime does not implement the operators' batch-major layout.
    private static readonly long[] RowsFirst = [1, 0, 2];
    private static readonly long[] ColumnsFirst = [2, 0, 1];

    /// <summary>Images [N, 28, 28] to features [N, width]: those of the rows, followed by those of the columns if the network reads them.</summary>
    /// <param name="graph">The graph to add them to.</param>
    /// <param name="images">Name of the input.</param>
    /// <param name="settings">The architecture.</param>
    /// <param name="tensors">The weights.</param>
    public static OnnxValue Add(OnnxGraph graph, string images, NetworkSettings settings, TensorsByName tensors)
    {
        OnnxValue[] readings = [.. settings.RecurrentModules.Select(module => new OnnxRecurrentLayers(graph, module, tensors).Add(images))];
        if (readings is [OnnxValue only])
        {
            return only;
        }

        OnnxValue all = new("features", readings.Sum(reading => reading.Width));
        graph.AddNode("Concat", [.. readings.Select(reading => reading.Name)], [all.Name], OnnxGraph.Attribute("axis", 1));
        return all;
    }

    /// <summary>Reads images in one order. The result is the last hidden state of the last layer, forward before reverse: [N, directions · hidden].</summary>
    private OnnxValue Add(string images)
    {
        OnnxValue steps = new($"{shape.Module}.steps", shape.InputSize);
        graph.AddNode("Transpose", [images], [steps.Name], OnnxGraph.Attribute("perm", shape.ReadsColumns ? ColumnsFirst : RowsFirst));
        for (int layer = 0; layer < shape.Layers - 1; layer++)
        {
            steps = AddLowerLayer(layer, steps);
        }

        return AddLastLayer(shape.Layers - 1, steps);
    }

    /// <summary>Steps [T, N, width] to the hidden states after each, [T, N, directions · hidden].</summary>
    private OnnxValue AddLowerLayer(int layer, OnnxValue steps)
    {
        string states = $"{shape.Module}.Y_l{layer}";
        string imagesFirst = $"{shape.Module}.Y_images_first_l{layer}";
        string sizes = $"{shape.Module}.shape_l{layer}";
        OnnxValue joined = new($"{shape.Module}.hidden_l{layer}", shape.FeatureCount);

        AddLayer(layer, steps, [states]);
        graph.AddNode("Transpose", [states], [imagesFirst], OnnxGraph.Attribute("perm", [0, 2, 1, 3])); // from [T, directions, N, hidden]
        graph.AddNode("Constant", [], [sizes], OnnxGraph.Attribute("value_ints", [0, 0, -1])); // 0 keeps a dimension, -1 infers it
        graph.AddNode("Reshape", [imagesFirst, sizes], [joined.Name]);
        return joined;
    }

    /// <summary>Steps [T, N, width] to the last hidden state of each direction, [N, directions · hidden].</summary>
    private OnnxValue AddLastLayer(int layer, OnnxValue steps)
    {
        string states = $"{shape.Module}.Y_h_l{layer}";
        string imagesFirst = $"{shape.Module}.Y_h_images_first_l{layer}";
        OnnxValue joined = new($"{shape.Module}.last_hidden", shape.FeatureCount);

        AddLayer(layer, steps, [string.Empty, states]);
        graph.AddNode("Transpose", [states], [imagesFirst], OnnxGraph.Attribute("perm", [1, 0, 2])); // from [directions, N, hidden]
        graph.AddNode("Flatten", [imagesFirst], [joined.Name], OnnxGraph.Attribute("axis", 1));
        return joined;
    }

    private void AddLayer(int layer, OnnxValue steps, IReadOnlyList<string> outputs)
    {
        IReadOnlyList<WeightShape>[] directions = [.. Enumerable.Range(0, shape.Directions).Select(direction => shape.WeightsOf(layer, reverse: direction == 1))];
        OnnxOperator onnx = shape.Cell.Onnx;
        graph.AddNode(
            onnx.Name,
            [steps.Name, AddWeights("W", weights => weights.Take(1)), AddWeights("R", weights => weights.Skip(1).Take(1)), AddWeights("B", weights => weights.Skip(2))],
            outputs,
            [
                OnnxGraph.Attribute("hidden_size", shape.HiddenSize),
                OnnxGraph.Attribute("direction", shape.Directions == 2 ? "bidirectional" : "forward"),
                .. onnx.Attributes.Select(attribute => OnnxGraph.Attribute(attribute.Name, attribute.Value)),
            ]);

        string AddWeights(string name, Func<IReadOnlyList<WeightShape>, IEnumerable<WeightShape>> select) => graph.AddTensor(Join(
            $"{shape.Module}.{name}_l{layer}",
            [.. directions.SelectMany(select).Select(weight => tensors.Take(weight.Name, weight.Sizes))]));
    }

    /// <summary>
    /// Concatenates tensors [gates · hidden, …] of one shape, each with its gates in ONNX's order: [directions, sum of each direction's first sizes, …].
    /// </summary>
    private NamedTensor Join(string name, IReadOnlyList<NamedTensor> parts) => new(
        name,
        [shape.Directions, parts.Sum(part => part.Shape[0]) / shape.Directions, .. parts[0].Shape.Skip(1)],
        parts.SelectMany(GatesInOrder).ToArray());

    private IEnumerable<float> GatesInOrder(NamedTensor tensor)
    {
        int gateLength = tensor.Values.Length / shape.Cell.Gates.Count;
        return shape.Cell.OnnxGateIndices.SelectMany(gate => tensor.Values.Slice(gate * gateLength, gateLength).ToArray());
    }
}
