using System.Text.Json.Serialization;

namespace RnnService.Api.Prediction;

/// <summary>The prediction for an image.</summary>
/// <param name="Digit" example="7">The most probable digit.</param>
/// <param name="Confidence" example="0.9996">Its probability. It is calibrated: nine in ten predictions with 0.9 are correct.</param>
/// <param name="Probabilities" example="[0.00001,0.00001,0.0001,0.0002,0.00001,0.00001,0.00001,0.9996,0.00001,0.00004]">The probabilities of the digits 0 to 9, in this order.</param>
/// <param name="IsDigit" example="true">Whether the image is like the digits that the model learned. Missing if the model is not calibrated, such as one of an earlier version, unless the image has several digits.</param>
/// <param name="Reason" example="unfamiliar">If it is not a digit: `severalPieces` if the image has several digits (see `each=true`), `unfamiliar` if it is unlike anything that the model learned.</param>
/// <param name="Model">The model that made the prediction.</param>
/// <param name="Pixels">If the image was fitted: the input of the network, 28 rows of 28 bytes from 0 (background) to 255 (ink).</param>
/// <param name="Trace">With `trace=true`: the probabilities after each of the 28 rows. A network that does not read only rows in order sees the remaining rows blank.</param>
internal sealed record PredictionResponse(
    int Digit,
    float Confidence,
    IReadOnlyList<float> Probabilities,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsDigit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    PredictionModelResponse Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<byte>>? Pixels,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<float>>? Trace)
{
    /// <param name="prediction">The prediction.</param>
    /// <param name="digit">The image that was classified.</param>
    public static PredictionResponse From(Model.Inference.Prediction prediction, ReadDigit digit) => new(
        prediction.Digit,
        prediction.Confidence,
        prediction.Probabilities,
        digit.IsSeveral ? false : prediction.IsDigit,
        digit.IsSeveral ? NotDigit.SeveralPieces : NotDigit.ReasonFor(prediction),
        PredictionModelResponse.From(prediction.Model),
        digit.Shown?.Rows,
        prediction.Trace);
}
