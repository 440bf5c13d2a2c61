using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Hosting;

/// <summary>The result of one health check.</summary>
/// <param name="Status">The status.</param>
/// <param name="Description" example="The database is available.">A description of the status.</param>
internal sealed record HealthCheckResponse(HealthStatus Status, string? Description);
