using System.Text.Json;

namespace RnnService.Api.OpenInference;

/// <summary>An input tensor.</summary>
/// <param name="Name" example="image">The name.</param>
/// <param name="Shape" example="[1,28,28]">The dimensions.</param>
/// <param name="Datatype" example="UINT8">The data type: `FP32` or `UINT8`.</param>
/// <param name="Parameters">Ignored.</param>
/// <param name="Data">The values in row-major order, flat or nested.</param>
internal sealed record InferTensor(string? Name, IReadOnlyList<long>? Shape, string? Datatype, JsonElement? Parameters, JsonElement Data);
