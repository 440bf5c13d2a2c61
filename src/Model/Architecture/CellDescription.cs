namespace RnnService.Model.Architecture;

/// <summary>
/// Describes one kind of recurrent cell, except for its arithmetic, which is part of the kernels. Kernels, networks, parameter counts,
/// and export all use this description.
/// </summary>
/// <param name="Module">Name of the PyTorch module, which is the prefix of its tensors' names.</param>
/// <param name="Gates">The gates in PyTorch's order.</param>
/// <param name="Blocks">The pre-activations of one step, in the order in which the kernels store them.</param>
/// <param name="Onnx">The corresponding ONNX operator.</param>
internal sealed record CellDescription(string Module, IReadOnlyList<string> Gates, IReadOnlyList<GateBlock> Blocks, OnnxOperator Onnx)
{
    private const string Input = "input";
    private const string Forget = "forget";
    private const string Cell = "cell";
    private const string Output = "output";
    private const string Reset = "reset";
    private const string Update = "update";
    private const string New = "new";
    private const string Hidden = "hidden";

    /// <summary>Long short-term memory.</summary>
    public static CellDescription Lstm { get; } = new(
        "lstm",
        [Input, Forget, Cell, Output],
        [new(0), new(1), new(2), new(3)],
        new OnnxOperator("LSTM", [Input, Output, Forget, Cell]));

    /// <summary>
    /// Gated recurrent unit in PyTorch's form: the reset gate applies after the product with the hidden state, so the new gate's two parts are separate blocks.
    /// </summary>
    public static CellDescription Gru { get; } = new(
        "gru",
        [Reset, Update, New],
        [new(0), new(1), new(2, SeesHidden: false), new(2, SeesInput: false)],
        new OnnxOperator("GRU", [Update, Reset, New], ("linear_before_reset", 1)));

    /// <summary>Plain recurrent cell with tanh.</summary>
    public static CellDescription Rnn { get; } = new("rnn", [Hidden], [new(0)], new OnnxOperator("RNN", [Hidden]));

    /// <summary>Index of the gate whose bias is initialized to one; null for cells without a forget gate.</summary>
    public int? ForgetGate => Gates.Contains(Forget) ? IndexOf(Forget) : null;

    /// <summary>The cell of a recurrent network.</summary>
    /// <param name="network">Lstm, Gru or Rnn.</param>
    /// <exception cref="ArgumentOutOfRangeException">The network has no recurrent cell.</exception>
    public static CellDescription Of(NetworkType network) => network switch
    {
        NetworkType.Lstm => Lstm,
        NetworkType.Gru => Gru,
        NetworkType.Rnn => Rnn,
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "Not a recurrent network."),
    };

    /// <summary>For each gate in ONNX's order, its index in PyTorch's.</summary>
    public IEnumerable<int> OnnxGateIndices => Onnx.Gates.Select(IndexOf);

    private int IndexOf(string gate) => Gates.TakeWhile(other => other != gate).Count();
}
