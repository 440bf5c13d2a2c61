namespace RnnService.Model.Inference;

/// <summary>As many images wait as may, and one more was refused at once.</summary>
/// <param name="limit">How many may wait.</param>
public sealed class PredictionQueueFullException(int limit)
    : Exception($"{limit} images are waiting already, which is as many as may. Send the image again in a second.");
