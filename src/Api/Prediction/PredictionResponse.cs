namespace RnnService.Api.Prediction;

/// <summary>What the network believes the image shows.</summary>
/// <param name="Digit" example="7">The likeliest digit.</param>
/// <param name="Confidence" example="0.9996">Its probability.</param>
/// <param name="Probabilities" example="[0.00001,0.00001,0.0001,0.0002,0.00001,0.00001,0.00001,0.9996,0.00001,0.00004]">Of the digits 0 to 9, in that order.</param>
/// <param name="Model">The model that answered.</param>
internal sealed record PredictionResponse(int Digit, float Confidence, IReadOnlyList<float> Probabilities, PredictionModelResponse Model)
{
    public static PredictionResponse From(Model.Inference.Prediction prediction) => new(
        prediction.Digit,
        prediction.Confidence,
        prediction.Probabilities,
        new PredictionModelResponse(prediction.Model.Id, prediction.Model.Version));
}
