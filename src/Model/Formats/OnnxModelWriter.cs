using System.Globalization;
using System.Text.Json;
using RnnService.Model.Images;
using RnnService.Model.Networks;
using static RnnService.Model.Formats.OnnxFields;

namespace RnnService.Model.Formats;

/// <summary>
/// Writes a trained network as an ONNX model, which ONNX Runtime and others run without us. Input <c>image</c>: float32 [N, 28, 28],
/// pixels from 0 (background) to 1 (ink). Output <c>probabilities</c>: float32 [N, 10]. N is free.
/// Source: the ONNX IR and operator specifications.
/// </summary>
public static class OnnxModelWriter
{
    // Both were there in ONNX 1.10, of 2021. Runtimes read what is older than they are, so older is readable by more.
    private const int IrVersion = 8;
    private const int OperatorSet = 14;
    private const string ProducerName = "RnnService";

    private const string Image = "image";
    private const string Rows = "rows";
    private const string LastHidden = "last_hidden";
    private const string Probabilities = "probabilities";

    /// <summary>The model's bytes: the same weights give the same bytes.</summary>
    /// <param name="settings">What the network is made of.</param>
    /// <param name="weights">What <see cref="DigitNetwork.ToSafeTensors"/> gave for the same settings.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, or of another shape.</exception>
    public static byte[] Write(NetworkSettings settings, SafeTensors weights)
    {
        OnnxRecurrentOperator recurrent = settings.Network switch
        {
            NetworkType.Lstm => OnnxRecurrentOperator.Lstm,
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Network, "There is no such network."),
        };
        TensorsByName tensors = new(weights.Tensors);
        OnnxGraph graph = new("digits");

        graph.AddInput(Image, "Digits, one row of pixels after the other, each pixel from 0 (background) to 1 (ink).", DigitImage.Side, DigitImage.Side);
        AddRecurrentLayer(graph, recurrent, settings.HiddenSize, tensors);
        AddOutputLayer(graph, settings.HiddenSize, tensors);
        graph.AddOutput(Probabilities, "Of the digits 0 to 9, in that order.", DigitNetwork.ClassCount);

        tensors.ThrowIfAnyIsLeft();
        return Model(settings, graph).ToBytes();
    }

    /// <summary>Reads the rows in turn, and leaves the last hidden state, [N, hidden].</summary>
    private static void AddRecurrentLayer(OnnxGraph graph, OnnxRecurrentOperator recurrent, long hidden, TensorsByName tensors)
    {
        const string direction = "direction";
        const string lastHiddenOfDirections = "last_hidden_of_directions";
        string module = recurrent.Module;
        long gates = recurrent.Gates.Count * hidden;
        NamedTensor inputWeights = recurrent.Reorder($"{module}.W", tensors.Take($"{module}.weight_ih_l0", gates, DigitImage.Side));
        NamedTensor hiddenWeights = recurrent.Reorder($"{module}.R", tensors.Take($"{module}.weight_hh_l0", gates, hidden));
        NamedTensor biases = recurrent.Reorder($"{module}.B", tensors.Take($"{module}.bias_ih_l0", gates), tensors.Take($"{module}.bias_hh_l0", gates));

        // [N, row, pixel] to [row, N, pixel]: ONNX Runtime does not know the operator's layout with N first.
        graph.AddNode("Transpose", [Image], [Rows], OnnxGraph.Attribute("perm", [1, 0, 2]));
        graph.AddNode(
            recurrent.Name,
            [Rows, graph.AddTensor(inputWeights), graph.AddTensor(hiddenWeights), graph.AddTensor(biases)],
            [string.Empty, lastHiddenOfDirections],
            OnnxGraph.Attribute("hidden_size", hidden));
        graph.AddNode("Constant", [], [direction], OnnxGraph.Attribute("value_ints", [0]));
        graph.AddNode("Squeeze", [lastHiddenOfDirections, direction], [LastHidden]);
    }

    private static void AddOutputLayer(OnnxGraph graph, long hidden, TensorsByName tensors)
    {
        const string logits = "logits";
        string weight = graph.AddTensor(tensors.Take("output.weight", DigitNetwork.ClassCount, hidden));
        string bias = graph.AddTensor(tensors.Take("output.bias", DigitNetwork.ClassCount));

        graph.AddNode("Gemm", [LastHidden, weight, bias], [logits], OnnxGraph.Attribute("transB", 1));
        graph.AddNode("Softmax", [logits], [Probabilities]);
    }

    private static ProtobufMessage Model(NetworkSettings settings, OnnxGraph graph) => new ProtobufMessage()
        .With(ModelProto.IrVersion, IrVersion)
        .With(ModelProto.OpsetImport, new ProtobufMessage().With(OperatorSetIdProto.Version, OperatorSet))
        .With(ModelProto.ProducerName, ProducerName)
        .With(ModelProto.DocString, "Tells handwritten digits apart, reading an image row by row.")
        .With(ModelProto.MetadataProps, Metadata("network", JsonNamingPolicy.CamelCase.ConvertName(settings.Network.ToString())))
        .With(ModelProto.MetadataProps, Metadata("hiddenSize", settings.HiddenSize.ToString(CultureInfo.InvariantCulture)))
        .With(ModelProto.Graph, graph.Message);

    private static ProtobufMessage Metadata(string key, string value) => new ProtobufMessage()
        .With(StringStringEntryProto.Key, key)
        .With(StringStringEntryProto.Value, value);
}
