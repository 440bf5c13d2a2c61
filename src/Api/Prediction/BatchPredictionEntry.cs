using System.Text.Json.Serialization;

namespace RnnService.Api.Prediction;

/// <summary>The prediction for one image, as POST /predict returns it, or its error.</summary>
/// <param name="Digit" example="7">The most probable digit.</param>
/// <param name="Confidence" example="0.9996">Its probability.</param>
/// <param name="Probabilities" example="[0.00001,0.00001,0.0001,0.0002,0.00001,0.00001,0.00001,0.9996,0.00001,0.00004]">The probabilities of the digits 0 to 9, in this order.</param>
/// <param name="IsDigit" example="true">Whether the image is like the digits that the model learned. Missing if the model is not calibrated, such as one of an earlier version, unless the image has several digits.</param>
/// <param name="Reason" example="unfamiliar">If it is not a digit: `severalPieces` if the image has several digits, `unfamiliar` if it is unlike anything that the model learned.</param>
/// <param name="Model">The model that made the prediction.</param>
/// <param name="Pixels">If the image was fitted: the input of the network.</param>
/// <param name="Error">The error. It does not affect the other images.</param>
internal sealed record BatchPredictionEntry(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Digit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Confidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<float>? Probabilities = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsDigit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PredictionModelResponse? Model = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<byte>>? Pixels = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImageErrorResponse? Error = null)
{
    public static BatchPredictionEntry From(UnreadableImageException error) => new(Error: new ImageErrorResponse(error.Status, error.Message));

    public static BatchPredictionEntry From(Model.Inference.Prediction prediction, ReadDigit digit)
    {
        PredictionResponse response = PredictionResponse.From(prediction, digit);
        return new BatchPredictionEntry(response.Digit, response.Confidence, response.Probabilities, response.IsDigit, response.Reason, response.Model, response.Pixels);
    }
}
