using Microsoft.Extensions.Diagnostics.HealthChecks;
using RnnService.Model.Data;

namespace RnnService.Api.Datasets;

/// <summary>Checks whether the files of all datasets could be read. The service works without those that could not.</summary>
internal sealed class DatasetHealthCheck(DatasetCatalog datasets) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> unavailable = datasets.Unavailable;
        return Task.FromResult(unavailable.Count == 0
            ? HealthCheckResult.Healthy("All datasets are available.")
            : HealthCheckResult.Degraded($"The files of these datasets cannot be read: {string.Join(", ", unavailable)}. Jobs that need them wait."));
    }
}
