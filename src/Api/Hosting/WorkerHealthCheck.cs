using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Hosting;

/// <summary>Whether a worker is there to take jobs.</summary>
internal sealed class WorkerHealthCheck(JobStorage storage) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(storage.GetMonitoringApi().Servers().Count > 0
            ? HealthCheckResult.Healthy("A worker takes jobs.")
            : HealthCheckResult.Unhealthy("No worker takes jobs yet; it starts within seconds of the service."));
}
