using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>What one epoch gave.</summary>
/// <param name="Epoch" example="1">The epoch, from 1.</param>
/// <param name="Loss" example="0.3765">Mean cross-entropy of a training image, while the weights were changing.</param>
/// <param name="CumulativeLoss" example="207.08">The article's printed figure: the sum of all batches' mean losses since the start.</param>
/// <param name="ValidationLoss" example="0.1389">Mean cross-entropy of a validation image, at the epoch's end.</param>
/// <param name="ValidationAccuracy" example="0.9572">Share of the validation images told right, 0 to 1.</param>
/// <param name="LearningRate" example="0.001">The optimiser's step size at the epoch's end.</param>
/// <param name="Seconds" example="28.4">How long the training images took.</param>
/// <param name="ImagesPerSecond" example="1937">Training images a second.</param>
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
    public static EpochResponse From(EpochResult result) => new(
        result.Epoch,
        result.Loss,
        result.CumulativeLoss,
        result.ValidationLoss,
        result.ValidationAccuracy,
        result.LearningRate,
        result.Seconds,
        result.ImagesPerSecond);
}
