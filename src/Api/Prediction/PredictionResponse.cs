using System.Text.Json.Serialization;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>What the network believes the image shows.</summary>
/// <param name="Digit" example="7">The likeliest digit.</param>
/// <param name="Confidence" example="0.9996">Its probability.</param>
/// <param name="Probabilities" example="[0.00001,0.00001,0.0001,0.0002,0.00001,0.00001,0.00001,0.9996,0.00001,0.00004]">Of the digits 0 to 9, in that order.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="Pixels">With `fit=true`: what the network saw, 28 rows of 28 bytes, 0 for the ground and 255 for the ink.</param>
/// <param name="Trace">With `trace=true`: what the network believed after each of the 28 rows, as many lists of ten probabilities.</param>
internal sealed record PredictionResponse(
    int Digit,
    float Confidence,
    IReadOnlyList<float> Probabilities,
    PredictionModelResponse Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<byte>>? Pixels,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<float>>? Trace)
{
    /// <param name="prediction">The answer.</param>
    /// <param name="shown">What the network saw, if that is to be told.</param>
    public static PredictionResponse From(Model.Inference.Prediction prediction, DigitImage? shown) => new(
        prediction.Digit,
        prediction.Confidence,
        prediction.Probabilities,
        PredictionModelResponse.From(prediction.Model),
        shown?.Rows,
        prediction.Trace);
}
