using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Hosting;

/// <summary>How one part of the service is.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Description" example="libtorch answers.">In words.</param>
internal sealed record HealthCheckResponse(HealthStatus Status, string? Description);
