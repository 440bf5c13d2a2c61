namespace RnnService.Model.Architecture;

/// <summary>The pre-activations of one gate, or of a part of one, and the PyTorch weights from which they are computed.</summary>
/// <param name="Gate">Index of the gate in PyTorch's order.</param>
/// <param name="SeesInput">Whether the input contributes to them.</param>
/// <param name="SeesHidden">Whether the previous hidden state contributes to them.</param>
internal readonly record struct GateBlock(int Gate, bool SeesInput = true, bool SeesHidden = true);
