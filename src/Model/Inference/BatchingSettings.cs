namespace RnnService.Model.Inference;

/// <summary>How waiting images are answered together.</summary>
/// <param name="MaxBatch">How many go through the network at once, at the most.</param>
/// <param name="QueueLimit">How many may wait, at the most.</param>
/// <param name="MaxWait">How long a batch waits for more, from its first image on. Zero is best for nearly all: while one batch is calculated, the next one gathers by itself.</param>
public sealed record BatchingSettings(int MaxBatch, int QueueLimit, TimeSpan MaxWait = default);
