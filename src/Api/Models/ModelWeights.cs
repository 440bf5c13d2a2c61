namespace RnnService.Api.Models;

/// <summary>The weights of a model, stored separately, so that listing models does not read them.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Content">A safetensors file.</param>
internal sealed record ModelWeights(Guid ModelId, byte[] Content);
