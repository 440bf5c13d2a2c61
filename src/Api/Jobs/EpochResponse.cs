namespace RnnService.Api.Jobs;

/// <summary>The result of an epoch.</summary>
/// <param name="Epoch" example="1">The epoch, from 1.</param>
/// <param name="Loss" example="0.3765">Mean cross-entropy per training image during the epoch.</param>
/// <param name="CumulativeLoss" example="207.08">The sum of the mean losses of all batches since the first epoch, as printed in the article.</param>
/// <param name="ValidationLoss" example="0.1389">Mean cross-entropy per validation image at the end of the epoch.</param>
/// <param name="ValidationAccuracy" example="0.9572">Fraction of the validation images that are classified correctly, 0 to 1.</param>
/// <param name="LearningRate" example="0.001">The optimizer's learning rate at the end of the epoch.</param>
/// <param name="Seconds" example="28.4">The time spent on the training images, in seconds.</param>
/// <param name="ImagesPerSecond" example="1937">Training images per second.</param>
internal sealed record EpochResponse(
    int Epoch,
    double Loss,
    double CumulativeLoss,
    double ValidationLoss,
    double ValidationAccuracy,
    double LearningRate,
    double Seconds,
    double ImagesPerSecond)
{
    public static EpochResponse From(StoredEpoch epoch) => new(
        epoch.Epoch,
        epoch.Loss,
        epoch.CumulativeLoss,
        epoch.ValidationLoss,
        epoch.ValidationAccuracy,
        epoch.LearningRate,
        epoch.Seconds,
        epoch.ImagesPerSecond);
}
