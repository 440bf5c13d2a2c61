namespace RnnService.Model.Inference;

/// <summary>The queue is full, and another image was refused.</summary>
/// <param name="limit">Maximum number of queued images.</param>
public sealed class PredictionQueueFullException(int limit)
    : Exception($"{limit} images are queued, which is the limit.");
