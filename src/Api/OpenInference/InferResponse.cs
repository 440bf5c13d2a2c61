using System.Globalization;
using System.Text.Json.Serialization;

namespace RnnService.Api.OpenInference;

/// <summary>The result of an inference.</summary>
/// <param name="ModelName" example="digits">The model.</param>
/// <param name="ModelVersion" example="1">The version of the model that was used.</param>
/// <param name="Id" example="42">The request's id.</param>
/// <param name="Outputs">The requested outputs.</param>
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
