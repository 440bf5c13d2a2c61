namespace RnnService.Model.Training;

/// <summary>What one epoch gave.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean cross-entropy of a training image, in nats, measured while the weights were changing.</param>
/// <param name="CumulativeLoss">The article's printed figure: the sum of all batches' mean losses since the first epoch.</param>
/// <param name="ValidationLoss">Mean cross-entropy of a validation image, in nats, with the weights at the epoch's end.</param>
/// <param name="ValidationAccuracy">Share of the validation images that are told right, 0 to 1.</param>
/// <param name="LearningRate">The optimiser's step size at the epoch's end.</param>
/// <param name="Seconds">How long the training images took; validation is left out.</param>
/// <param name="ImagesPerSecond">Training images a second.</param>
public sealed record EpochResult(
    int Epoch,
    double Loss,
    double CumulativeLoss,
    double ValidationLoss,
    double ValidationAccuracy,
    double LearningRate,
    double Seconds,
    double ImagesPerSecond);
