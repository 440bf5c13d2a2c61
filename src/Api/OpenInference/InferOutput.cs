using System.Text.Json;

namespace RnnService.Api.OpenInference;

/// <summary>An output that is wanted.</summary>
/// <param name="Name" example="probabilities">Its name: `probabilities` or `digit`.</param>
/// <param name="Parameters">Any; they change nothing.</param>
internal sealed record InferOutput(string? Name, JsonElement? Parameters);
