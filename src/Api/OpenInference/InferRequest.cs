using System.Text.Json;

namespace RnnService.Api.OpenInference;

/// <summary>A request to infer.</summary>
/// <param name="Id" example="42">Comes back with the answer.</param>
/// <param name="Parameters">Any; they change nothing.</param>
/// <param name="Inputs">The one input, `image`.</param>
/// <param name="Outputs">Which outputs are wanted; all when left out.</param>
internal sealed record InferRequest(string? Id, JsonElement? Parameters, IReadOnlyList<InferTensor>? Inputs, IReadOnlyList<InferOutput>? Outputs);
