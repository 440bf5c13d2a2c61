namespace RnnService.Model.Formats;

/// <summary>Adds a linear layer to a graph.</summary>
internal static class OnnxLinearLayer
{
    /// <summary>Values [N, width] to [N, <paramref name="size"/>].</summary>
    /// <param name="graph">Where it is added.</param>
    /// <param name="module">The layer's name in the network, which its tensors' names begin with.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="size">How many numbers it gives for each image.</param>
    /// <param name="tensors">Where its weights are taken from.</param>
    public static OnnxValue Add(OnnxGraph graph, string module, OnnxValue input, long size, TensorsByName tensors)
    {
        string weight = graph.AddTensor(tensors.Take($"{module}.weight", size, input.Width));
        string bias = graph.AddTensor(tensors.Take($"{module}.bias", size));
        OnnxValue output = new($"{module}.sums", size);
        graph.AddNode("Gemm", [input.Name, weight, bias], [output.Name], OnnxGraph.Attribute("transB", 1));
        return output;
    }
}
