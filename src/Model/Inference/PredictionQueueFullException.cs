namespace RnnService.Model.Inference;

/// <summary>An image was rejected because the queue is full.</summary>
/// <param name="limit">Maximum number of queued images.</param>
public sealed class PredictionQueueFullException(int limit)
    : Exception($"{limit} images are queued, which is the limit.");
