using System.Text.Json.Serialization;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The prediction for an image.</summary>
/// <param name="Digit" example="7">The most probable digit.</param>
/// <param name="Confidence" example="0.9996">Its probability.</param>
/// <param name="Probabilities" example="[0.00001,0.00001,0.0001,0.0002,0.00001,0.00001,0.00001,0.9996,0.00001,0.00004]">The probabilities of the digits 0 to 9, in this order.</param>
/// <param name="Model">The model that made the prediction.</param>
/// <param name="Pixels">If the image was fitted: the input of the network, 28 rows of 28 bytes from 0 (background) to 255 (ink).</param>
/// <param name="Trace">With `trace=true`: the probabilities after each of the 28 rows.</param>
internal sealed record PredictionResponse(
    int Digit,
    float Confidence,
    IReadOnlyList<float> Probabilities,
    PredictionModelResponse Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<byte>>? Pixels,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<float>>? Trace)
{
    /// <param name="prediction">The prediction.</param>
    /// <param name="shown">The input of the network if the response includes it, or null.</param>
    public static PredictionResponse From(Model.Inference.Prediction prediction, DigitImage? shown) => new(
        prediction.Digit,
        prediction.Confidence,
        prediction.Probabilities,
        PredictionModelResponse.From(prediction.Model),
        shown?.Rows,
        prediction.Trace);
}
