namespace RnnService.Model.Training;

/// <summary>The metrics of one epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean cross-entropy per training image, in nats, measured during the epoch while the weights change.</param>
/// <param name="CumulativeLoss">The sum of all batches' mean losses since the first epoch, which is what the article prints.</param>
/// <param name="ValidationLoss">Mean cross-entropy per validation image, in nats, after the epoch.</param>
/// <param name="ValidationAccuracy">Fraction of the validation images that are classified correctly after the epoch, from 0 to 1.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="Seconds">Duration of the epoch in seconds, without validation.</param>
/// <param name="ImagesPerSecond">Training images per second, without validation.</param>
public sealed record EpochResult(
    int Epoch,
    double Loss,
    double CumulativeLoss,
    double ValidationLoss,
    double ValidationAccuracy,
    double LearningRate,
    double Seconds,
    double ImagesPerSecond);
