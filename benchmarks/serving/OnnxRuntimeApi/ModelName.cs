namespace RnnService.Benchmarks.OnnxRuntimeApi;

/// <summary>The model of a prediction.</summary>
internal sealed record ModelName(Guid Id, int Version);
