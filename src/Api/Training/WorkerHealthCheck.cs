using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Training;

/// <summary>Checks whether a worker is running.</summary>
internal sealed class WorkerHealthCheck(JobStorage storage) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(storage.GetMonitoringApi().Servers().Count > 0
            ? HealthCheckResult.Healthy("A worker is running.")
            : HealthCheckResult.Unhealthy("No worker is running yet; it starts a few seconds after the service."));
}
