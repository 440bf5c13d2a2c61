using RnnService.Model.Architecture;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Onnx;

/// <summary>Adds a linear layer to a graph.</summary>
internal static class OnnxLinearLayer
{
    /// <summary>Values [N, inputs] to [N, outputs].</summary>
    /// <param name="graph">The graph to add it to.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The layer's input.</param>
    /// <param name="tensors">The weights.</param>
    public static OnnxValue Add(OnnxGraph graph, LinearShape layer, OnnxValue input, TensorsByName tensors)
    {
        string weight = graph.AddTensor(tensors.Take(layer.Weight.Name, layer.Weight.Sizes));
        string bias = graph.AddTensor(tensors.Take(layer.Bias.Name, layer.Bias.Sizes));
        OnnxValue output = new($"{layer.Module}.sums", layer.Outputs);
        graph.AddNode("Gemm", [input.Name, weight, bias], [output.Name], OnnxGraph.Attribute("transB", 1));
        return output;
    }
}
