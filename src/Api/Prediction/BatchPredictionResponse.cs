namespace RnnService.Api.Prediction;

/// <summary>What the network believes the images show.</summary>
/// <param name="Predictions">One entry an image, in the order in which they were sent.</param>
internal sealed record BatchPredictionResponse(IReadOnlyList<BatchPredictionEntry> Predictions);
