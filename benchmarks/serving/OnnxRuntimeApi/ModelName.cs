namespace RnnService.Benchmarks.OnnxRuntimeApi;

/// <summary>Which model answered: there is only one.</summary>
internal sealed record ModelName(Guid Id, int Version);
