namespace RnnService.Api.Prediction;

/// <summary>The predictions for several images.</summary>
/// <param name="Predictions">One entry per image, in the order of the request.</param>
internal sealed record BatchPredictionResponse(IReadOnlyList<BatchPredictionEntry> Predictions);
