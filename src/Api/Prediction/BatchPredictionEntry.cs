using System.Text.Json.Serialization;
using RnnService.Api.Hosting;
using RnnService.Model.Images;

namespace RnnService.Api.Prediction;

/// <summary>An image's answer, as POST /predict gives it, or what is wrong with the image.</summary>
/// <param name="Digit" example="7">The likeliest digit.</param>
/// <param name="Confidence" example="0.9996">Its probability.</param>
/// <param name="Probabilities" example="[0.00001,0.00001,0.0001,0.0002,0.00001,0.00001,0.00001,0.9996,0.00001,0.00004]">Of the digits 0 to 9, in that order.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="Pixels">With `fit=true`: what the network saw.</param>
/// <param name="Error">What is wrong; the other images are answered all the same.</param>
internal sealed record BatchPredictionEntry(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Digit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Confidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<float>? Probabilities = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PredictionModelResponse? Model = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<byte>>? Pixels = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImageErrorResponse? Error = null)
{
    public static BatchPredictionEntry From(InvalidImageException fault) => new(Error: new ImageErrorResponse(ExceptionProblems.StatusOf(fault), fault.Message));

    public static BatchPredictionEntry From(Model.Inference.Prediction prediction, DigitImage? shown)
    {
        PredictionResponse response = PredictionResponse.From(prediction, shown);
        return new BatchPredictionEntry(response.Digit, response.Confidence, response.Probabilities, response.Model, response.Pixels);
    }
}
