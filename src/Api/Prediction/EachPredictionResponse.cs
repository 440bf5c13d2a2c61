using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The predictions for all digits in an image.</summary>
/// <param name="Digits">The digits in reading order: from left to right, line by line.</param>
/// <param name="Number" example="0421">The digits as one string, in the same order. It is not a JSON number, because leading zeros matter.</param>
/// <param name="Model">The model that made all the predictions.</param>
internal sealed record EachPredictionResponse(IReadOnlyList<FoundDigitResponse> Digits, string Number, PredictionModelResponse Model)
{
    public static EachPredictionResponse From(IReadOnlyList<FoundDigit> found, IReadOnlyList<Model.Inference.Prediction> predictions) => new(
        [.. found.Zip(predictions, FoundDigitResponse.From)],
        string.Concat(predictions.Select(prediction => prediction.Digit)),
        PredictionModelResponse.From(predictions[0].Model));
}
