namespace RnnService.Api.Models;

/// <summary>The table of the weights, stored separately, so that listing models does not read them; <see cref="StoredWeights"/> reads and writes it.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Content">A safetensors file.</param>
internal sealed record ModelWeights(Guid ModelId, byte[] Content);
