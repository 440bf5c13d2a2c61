using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Hosting;

/// <summary>How the service is.</summary>
/// <param name="Status">The worst of the checks.</param>
/// <param name="Checks">What was looked at, and what is wrong with it where something is.</param>
internal sealed record HealthResponse(HealthStatus Status, IReadOnlyDictionary<string, HealthCheckResponse> Checks)
{
    public HealthResponse(HealthStatus status)
        : this(status, new Dictionary<string, HealthCheckResponse>())
    {
    }

    public static HealthResponse From(HealthReport report) => new(
        report.Status,
        report.Entries.ToDictionary(entry => entry.Key, entry => new HealthCheckResponse(entry.Value.Status, entry.Value.Description)));
}
