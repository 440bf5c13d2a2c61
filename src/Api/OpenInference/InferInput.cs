using RnnService.Model.Images;

namespace RnnService.Api.OpenInference;

/// <summary>A validated inference request.</summary>
/// <param name="Id">Returned in the response.</param>
/// <param name="Images">The images.</param>
/// <param name="Outputs">The requested outputs.</param>
internal sealed record InferInput(string? Id, IReadOnlyList<IDigit> Images, IReadOnlyList<TensorMetadata> Outputs);
