using RnnService.Model.Images;
using RnnService.Model.Networks;

namespace RnnService.Model.Formats;

/// <summary>
/// Writes a trained network as an ONNX model, which other programs run: one recurrent operator a layer, of the standard operator set.
/// Source: ONNX operators, LSTM.
/// </summary>
public static class OnnxModelWriter
{
    /// <summary>PyTorch's gates are input, forget, cell, output; ONNX's are input, output, forget, cell.</summary>
    private static readonly int[] GateOrder = [0, 3, 1, 2];

    /// <summary>
    /// The model's bytes. Its input <c>image</c> is float32 [N, 28, 28], light ink on a dark ground from 0 to 1; its output
    /// <c>probabilities</c> is float32 [N, 10].
    /// </summary>
    /// <param name="settings">What the network is made of.</param>
    /// <param name="weights">What <see cref="DigitNetwork.ToSafeTensors"/> gave.</param>
    /// <exception cref="InvalidDataException">A tensor is missing.</exception>
    public static byte[] Write(NetworkSettings settings, SafeTensors weights)
    {
        OnnxGraph graph = new();
        graph.AddInput("image", "Light ink on a dark ground, each pixel from 0 to 1.", DigitImage.Side, DigitImage.Side);
        graph.AddOutput("probabilities", "Of the digits 0 to 9.", DigitNetwork.ClassCount);

        // ONNX Runtime wants the time first: row by row.
        string rows = graph.AddNode("Transpose", ["image"], ["rows"], OnnxGraph.Attribute("perm", 1, 0, 2));
        string hidden = AddLstm(graph, settings.HiddenSize, weights, rows);
        string features = graph.AddNode("Flatten", [graph.AddNode("Transpose", [hidden], ["last"], OnnxGraph.Attribute("perm", 1, 0, 2))], ["features"]);

        NamedTensor output = Tensor(weights, "output.weight");
        string weight = graph.AddConstant(output.Name, output.Values.Span, [.. output.Shape]);
        NamedTensor outputBias = Tensor(weights, "output.bias");
        string bias = graph.AddConstant(outputBias.Name, outputBias.Values.Span, [.. outputBias.Shape]);
        string logits = graph.AddNode("Gemm", [features, weight, bias], ["logits"], OnnxGraph.Attribute("transB", 1));
        graph.AddNode("Softmax", [logits], ["probabilities"], OnnxGraph.Attribute("axis", 1));
        return graph.ToBytes("RnnService", "Tells which digit a 28×28 image shows.");
    }

    /// <summary>Reads [28, N, inputs]; gives the last hidden state's name, [1, N, hidden].</summary>
    private static string AddLstm(OnnxGraph graph, int hiddenSize, SafeTensors weights, string input)
    {
        NamedTensor inputWeight = Tensor(weights, "lstm.weight_ih_l0");
        string w = graph.AddConstant("W", InOnnxOrder(inputWeight), 1, inputWeight.Shape[0], inputWeight.Shape[1]);
        string r = graph.AddConstant("R", InOnnxOrder(Tensor(weights, "lstm.weight_hh_l0")), 1, inputWeight.Shape[0], hiddenSize);
        float[] biases = [.. InOnnxOrder(Tensor(weights, "lstm.bias_ih_l0")), .. InOnnxOrder(Tensor(weights, "lstm.bias_hh_l0"))];
        string b = graph.AddConstant("B", biases, 1, biases.Length);
        return graph.AddNode("LSTM", [input, w, r, b], ["", "hidden"], OnnxGraph.Attribute("hidden_size", hiddenSize));
    }

    /// <summary>The blocks of rows, one a gate, in ONNX's order.</summary>
    private static float[] InOnnxOrder(NamedTensor tensor)
    {
        int block = tensor.Values.Length / GateOrder.Length;
        float[] ordered = new float[tensor.Values.Length];
        for (int gate = 0; gate < GateOrder.Length; gate++)
        {
            tensor.Values.Span.Slice(GateOrder[gate] * block, block).CopyTo(ordered.AsSpan(gate * block));
        }

        return ordered;
    }

    private static NamedTensor Tensor(SafeTensors weights, string name) => weights.Tensors.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw new InvalidDataException($"The weights lack the tensor '{name}'.");
}
