using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Hosting;

/// <summary>The health of the service.</summary>
/// <param name="Status">The worst status of all checks.</param>
/// <param name="Checks">The results of the checks by name.</param>
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
