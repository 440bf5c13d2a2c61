using RnnService.Model.Networks;

namespace RnnService.Model.Formats;

/// <summary>A recurrent operator of ONNX, and how the weights of PyTorch's module become its own.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Module">The module's name in the network, which its tensors' names begin with.</param>
/// <param name="Gates">For each gate, in the operator's order, its place in the module's.</param>
/// <param name="Attributes">What else makes the operator calculate as the module does.</param>
internal sealed record OnnxRecurrentOperator(string Name, string Module, IReadOnlyList<int> Gates, params IReadOnlyList<ProtobufMessage> Attributes)
{
    /// <summary>ONNX has the gates input, output, forget, cell; PyTorch has input, forget, cell, output.</summary>
    private static readonly OnnxRecurrentOperator Lstm = new("LSTM", "lstm", [0, 3, 1, 2]);

    /// <summary>ONNX has the gates update, reset, hidden; PyTorch has reset, update, hidden, and resets after the product.</summary>
    private static readonly OnnxRecurrentOperator Gru = new("GRU", "gru", [1, 0, 2], OnnxGraph.Attribute("linear_before_reset", 1));

    /// <summary>Its activation is tanh in both.</summary>
    private static readonly OnnxRecurrentOperator Rnn = new("RNN", "rnn", [0]);

    /// <summary>The operator of a kind of recurrent network.</summary>
    public static OnnxRecurrentOperator Of(NetworkType network) => network switch
    {
        NetworkType.Lstm => Lstm,
        NetworkType.Gru => Gru,
        NetworkType.Rnn => Rnn,
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "There is no such recurrent network."),
    };

    /// <summary>
    /// Tensors [gates · hidden, ...] of the module, all of one shape, each in the operator's order of gates, one after the other:
    /// [directions, the sum of each direction, ...].
    /// </summary>
    public NamedTensor Join(string name, int directions, IReadOnlyList<NamedTensor> tensors) => new(
        name,
        [directions, tensors.Sum(tensor => tensor.Shape[0]) / directions, .. tensors[0].Shape.Skip(1)],
        tensors.SelectMany(GatesInOrder).ToArray());

    private IEnumerable<float> GatesInOrder(NamedTensor tensor)
    {
        int gateLength = tensor.Values.Length / Gates.Count;
        return Gates.SelectMany(gate => tensor.Values.Slice(gate * gateLength, gateLength).ToArray());
    }
}
