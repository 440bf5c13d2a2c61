using RnnService.Model.Images;
using RnnService.Model.Networks;

namespace RnnService.Model.Formats;

/// <summary>Adds the recurrent layers of a network to a graph: those that read the rows, and those that read the columns.</summary>
/// <param name="graph">Where they are added.</param>
/// <param name="settings">What the network is made of.</param>
/// <param name="tensors">Where their weights are taken from.</param>
internal sealed class OnnxRecurrentLayers(OnnxGraph graph, NetworkSettings settings, TensorsByName tensors)
{
    // From [N, row, pixel] to time steps first: ONNX Runtime does not know the operators' layout with N first.
    private static readonly long[] RowsFirst = [1, 0, 2];
    private static readonly long[] ColumnsFirst = [2, 0, 1];

    private readonly OnnxRecurrentOperator recurrent = OnnxRecurrentOperator.Of(settings.Network);
    private readonly string[] directions = settings.Bidirectional ? ["", "_reverse"] : [""];

    /// <summary>Reads images [N, 28, 28] to features [N, width].</summary>
    public OnnxValue Add(string images)
    {
        OnnxValue rows = AddReading(recurrent.Module, images, RowsFirst);
        if (settings.Reading == ReadingOrder.Rows)
        {
            return rows;
        }

        OnnxValue columns = AddReading($"{recurrent.Module}_columns", images, ColumnsFirst);
        OnnxValue both = new("features", rows.Width + columns.Width);
        graph.AddNode("Concat", [rows.Name, columns.Name], [both.Name], OnnxGraph.Attribute("axis", 1));
        return both;
    }

    /// <summary>Reads images in one order, and leaves the last hidden state of the last layer, forward and then backward: [N, directions · hidden].</summary>
    private OnnxValue AddReading(string module, string images, long[] order)
    {
        OnnxValue steps = new($"{module}.steps", DigitImage.Side);
        graph.AddNode("Transpose", [images], [steps.Name], OnnxGraph.Attribute("perm", order));
        for (int layer = 0; layer < settings.Layers - 1; layer++)
        {
            steps = AddLowerLayer(module, layer, steps);
        }

        return AddLastLayer(module, settings.Layers - 1, steps);
    }

    /// <summary>Steps [T, N, width] to the hidden states after each, [T, N, directions · hidden].</summary>
    private OnnxValue AddLowerLayer(string module, int layer, OnnxValue steps)
    {
        string states = $"{module}.Y_l{layer}";
        string imagesFirst = $"{module}.Y_images_first_l{layer}";
        string shape = $"{module}.shape_l{layer}";
        OnnxValue joined = new($"{module}.hidden_l{layer}", directions.Length * settings.HiddenSize);

        AddLayer(module, layer, steps, [states]);
        graph.AddNode("Transpose", [states], [imagesFirst], OnnxGraph.Attribute("perm", [0, 2, 1, 3])); // from [T, directions, N, hidden]
        graph.AddNode("Constant", [], [shape], OnnxGraph.Attribute("value_ints", [0, 0, -1])); // 0 is for a size as it was, -1 for what is left
        graph.AddNode("Reshape", [imagesFirst, shape], [joined.Name]);
        return joined;
    }

    /// <summary>Steps [T, N, width] to the last hidden state of each direction, [N, directions · hidden].</summary>
    private OnnxValue AddLastLayer(string module, int layer, OnnxValue steps)
    {
        string states = $"{module}.Y_h_l{layer}";
        string imagesFirst = $"{module}.Y_h_images_first_l{layer}";
        OnnxValue joined = new($"{module}.last_hidden", directions.Length * settings.HiddenSize);

        AddLayer(module, layer, steps, [string.Empty, states]);
        graph.AddNode("Transpose", [states], [imagesFirst], OnnxGraph.Attribute("perm", [1, 0, 2])); // from [directions, N, hidden]
        graph.AddNode("Flatten", [imagesFirst], [joined.Name], OnnxGraph.Attribute("axis", 1));
        return joined;
    }

    private void AddLayer(string module, int layer, OnnxValue steps, IReadOnlyList<string> outputs)
    {
        long gates = (long)recurrent.Gates.Count * settings.HiddenSize;
        string inputWeights = AddWeights("W", ["weight_ih"], gates, steps.Width);
        string hiddenWeights = AddWeights("R", ["weight_hh"], gates, settings.HiddenSize);
        string biases = AddWeights("B", ["bias_ih", "bias_hh"], gates);

        graph.AddNode(
            recurrent.Name,
            [steps.Name, inputWeights, hiddenWeights, biases],
            outputs,
            [
                OnnxGraph.Attribute("hidden_size", settings.HiddenSize),
                OnnxGraph.Attribute("direction", settings.Bidirectional ? "bidirectional" : "forward"),
                .. recurrent.Attributes,
            ]);

        string AddWeights(string name, string[] parts, params IReadOnlyList<long> shape) => graph.AddTensor(recurrent.Join(
            $"{module}.{name}_l{layer}",
            directions.Length,
            [.. directions.SelectMany(direction => parts.Select(part => tensors.Take($"{module}.{part}_l{layer}{direction}", shape)))]));
    }
}
