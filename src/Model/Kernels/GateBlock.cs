namespace RnnService.Model.Kernels;

/// <summary>The pre-activations of one gate, or of a part of one, and which of PyTorch's weights they are made of.</summary>
/// <param name="Gate">The gate, in PyTorch's order.</param>
/// <param name="SeesInput">Whether the input is part of them.</param>
/// <param name="SeesHidden">Whether the last hidden state is part of them.</param>
internal readonly record struct GateBlock(int Gate, bool SeesInput = true, bool SeesHidden = true);
