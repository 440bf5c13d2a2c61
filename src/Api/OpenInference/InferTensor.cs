using System.Text.Json;

namespace RnnService.Api.OpenInference;

/// <summary>An input.</summary>
/// <param name="Name" example="image">Its name.</param>
/// <param name="Shape" example="[1,28,28]">Its dimensions.</param>
/// <param name="Datatype" example="UINT8">`FP32` or `UINT8`.</param>
/// <param name="Parameters">Any; they change nothing.</param>
/// <param name="Data">Its numbers in row-major order, flat or nested.</param>
internal sealed record InferTensor(string? Name, IReadOnlyList<long>? Shape, string? Datatype, JsonElement? Parameters, JsonElement Data);
