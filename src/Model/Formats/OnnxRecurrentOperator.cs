namespace RnnService.Model.Formats;

/// <summary>A recurrent operator of ONNX, and how the weights of PyTorch's module become its own.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Module">The module's name in the network, which its tensors' names begin with.</param>
/// <param name="Gates">For each gate, in the operator's order, its place in the module's.</param>
internal sealed record OnnxRecurrentOperator(string Name, string Module, IReadOnlyList<int> Gates)
{
    /// <summary>ONNX has the gates input, output, forget, cell; PyTorch has input, forget, cell, output.</summary>
    public static OnnxRecurrentOperator Lstm { get; } = new("LSTM", "lstm", [0, 3, 1, 2]);

    /// <summary>
    /// Tensors [gates · hidden, ...] of the module, each in the operator's order of gates, one after the other: [1, the sum, ...].
    /// The 1 is the number of directions.
    /// </summary>
    public NamedTensor Reorder(string name, params IReadOnlyList<NamedTensor> tensors) => new(
        name,
        [1, tensors.Sum(tensor => tensor.Shape[0]), .. tensors[0].Shape.Skip(1)],
        tensors.SelectMany(GatesInOrder).ToArray());

    private IEnumerable<float> GatesInOrder(NamedTensor tensor)
    {
        int gateLength = tensor.Values.Length / Gates.Count;
        return Gates.SelectMany(gate => tensor.Values.Slice(gate * gateLength, gateLength).ToArray());
    }
}
