using System.Text.Json.Serialization;

namespace RnnService.Model.Formats;

/// <summary>What a safetensors header says of one tensor.</summary>
internal sealed record TensorEntry(
    [property: JsonPropertyName("dtype")] string DType,
    [property: JsonPropertyName("shape")] IReadOnlyList<long> Shape,
    [property: JsonPropertyName("data_offsets")] IReadOnlyList<long> DataOffsets);
