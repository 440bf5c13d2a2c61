namespace RnnService.Api.Models;

/// <summary>A trained network's weights, apart from what is listed of it.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Content">A safetensors file.</param>
internal sealed record ModelWeights(Guid ModelId, byte[] Content);
