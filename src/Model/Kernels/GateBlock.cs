namespace RnnService.Model.Kernels;

/// <summary>One of the sums that a cell's step begins with, and which of PyTorch's weights it is made of.</summary>
/// <param name="Gate">The gate, in PyTorch's order.</param>
/// <param name="SeesInput">Whether the input is part of the sum.</param>
/// <param name="SeesHidden">Whether the last hidden state is part of the sum.</param>
internal readonly record struct GateBlock(int Gate, bool SeesInput = true, bool SeesHidden = true);
