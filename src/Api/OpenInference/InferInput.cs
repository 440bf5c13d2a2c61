using RnnService.Model.Images;

namespace RnnService.Api.OpenInference;

/// <summary>A request to infer, read and found sound.</summary>
/// <param name="Id">Comes back with the answer.</param>
/// <param name="Images">The images.</param>
/// <param name="Outputs">The outputs that are wanted.</param>
internal sealed record InferInput(string? Id, IReadOnlyList<IDigit> Images, IReadOnlyList<TensorMetadata> Outputs);
