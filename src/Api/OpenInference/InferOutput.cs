using System.Text.Json;

namespace RnnService.Api.OpenInference;

/// <summary>A requested output.</summary>
/// <param name="Name" example="probabilities">The name: `probabilities` or `digit`.</param>
/// <param name="Parameters">Ignored.</param>
internal sealed record InferOutput(string? Name, JsonElement? Parameters);
