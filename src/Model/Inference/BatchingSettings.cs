namespace RnnService.Model.Inference;

/// <summary>How queued images are batched.</summary>
/// <param name="MaxBatch">Maximum number of images in a forward pass.</param>
/// <param name="QueueLimit">Maximum number of queued images.</param>
/// <param name="MaxWait">How long a batch waits for more images after its first one. Zero is best in most cases, because images that arrive during a forward pass form the next batch.</param>
public sealed record BatchingSettings(int MaxBatch, int QueueLimit, TimeSpan MaxWait = default);
