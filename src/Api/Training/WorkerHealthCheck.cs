using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Training;

/// <summary>Checks whether the worker of this process is running.</summary>
internal sealed class WorkerHealthCheck(JobStorage storage, WorkerName name) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(storage.GetMonitoringApi().Servers().Any(server => server.Name.StartsWith(name.Value, StringComparison.Ordinal))
            ? HealthCheckResult.Healthy("The worker is running.")
            : HealthCheckResult.Unhealthy("The worker is not running yet; it starts a few seconds after the service."));
}
