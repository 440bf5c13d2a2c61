using System.Text.Json;

namespace RnnService.Api.OpenInference;

/// <summary>An inference request.</summary>
/// <param name="Id" example="42">Returned in the response.</param>
/// <param name="Parameters">Ignored.</param>
/// <param name="Inputs">The only input, `image`.</param>
/// <param name="Outputs">The requested outputs. The default is all outputs.</param>
internal sealed record InferRequest(string? Id, JsonElement? Parameters, IReadOnlyList<InferTensor>? Inputs, IReadOnlyList<InferOutput>? Outputs);
