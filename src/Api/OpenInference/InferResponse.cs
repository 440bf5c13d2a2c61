using System.Globalization;
using System.Text.Json.Serialization;

namespace RnnService.Api.OpenInference;

/// <summary>What was inferred.</summary>
/// <param name="ModelName" example="digits">The model.</param>
/// <param name="ModelVersion" example="1">The version that inferred.</param>
/// <param name="Id" example="42">The request's.</param>
/// <param name="Outputs">The outputs that were wanted.</param>
internal sealed record InferResponse(
    [property: JsonPropertyName("model_name")] string ModelName,
    [property: JsonPropertyName("model_version")] string ModelVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    IReadOnlyList<InferOutputTensor> Outputs)
{
    public static InferResponse From(InferInput input, IReadOnlyList<Model.Inference.Prediction> predictions) => new(
        ServedModels.Name,
        predictions[^1].Model.Version.ToString(CultureInfo.InvariantCulture),
        input.Id,
        [.. input.Outputs.Select(output => InferOutputTensor.From(output, predictions))]);
}
