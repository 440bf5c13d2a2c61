namespace RnnService.Model.Architecture;

/// <summary>The ONNX operator of a recurrent cell. Source: the ONNX operator specifications of LSTM, GRU and RNN, version 14.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Gates">The cell's gates in the operator's order.</param>
/// <param name="Attributes">Integer attributes that make the operator compute what PyTorch's module computes.</param>
internal sealed record OnnxOperator(string Name, IReadOnlyList<string> Gates, params IReadOnlyList<(string Name, long Value)> Attributes);
