using System.Text.Json.Serialization;

namespace RnnService.Model.SafeTensors;

/// <summary>The header entry of one tensor in a safetensors file.</summary>
internal sealed record TensorEntry(
    [property: JsonPropertyName("dtype")] string DType,
    [property: JsonPropertyName("shape")] IReadOnlyList<long> Shape,
    [property: JsonPropertyName("data_offsets")] IReadOnlyList<long> DataOffsets);
