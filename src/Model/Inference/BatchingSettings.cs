namespace RnnService.Model.Inference;

/// <summary>How waiting images are answered together.</summary>
/// <param name="MaxBatch">How many go through the network at once, at the most.</param>
/// <param name="QueueLimit">How many may wait, at the most.</param>
public sealed record BatchingSettings(int MaxBatch, int QueueLimit);
