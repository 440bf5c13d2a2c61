using System.Text.Json.Serialization;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>The prediction for one of the digits in an image.</summary>
/// <param name="Box">Its position in the image.</param>
/// <param name="Digit" example="7">The most probable digit.</param>
/// <param name="Confidence" example="0.9996">Its probability.</param>
/// <param name="Probabilities" example="[0.00001,0.00001,0.0001,0.0002,0.00001,0.00001,0.00001,0.9996,0.00001,0.00004]">The probabilities of the digits 0 to 9, in this order.</param>
/// <param name="IsDigit" example="true">Whether the image is like the digits that the model learned. Missing if the model is not calibrated, such as one of an earlier version.</param>
/// <param name="Reason" example="unfamiliar">If it is not a digit: `unfamiliar` if it is unlike anything that the model learned.</param>
/// <param name="Pixels">The input of the network, 28 rows of 28 bytes from 0 (background) to 255 (ink).</param>
/// <param name="Trace">With `trace=true`: the probabilities after each of the 28 rows. A network that does not read only rows in order sees the remaining rows blank.</param>
internal sealed record FoundDigitResponse(
    ImageBoxResponse Box,
    int Digit,
    float Confidence,
    IReadOnlyList<float> Probabilities,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsDigit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    IReadOnlyList<IReadOnlyList<byte>> Pixels,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<float>>? Trace)
{
    public static FoundDigitResponse From(FoundDigit found, Model.Inference.Prediction prediction) => new(
        ImageBoxResponse.From(found.Box),
        prediction.Digit,
        prediction.Confidence,
        prediction.Probabilities,
        prediction.IsDigit,
        NotDigit.ReasonFor(prediction),
        found.Image.Rows,
        prediction.Trace);
}
