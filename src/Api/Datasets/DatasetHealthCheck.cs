using Microsoft.Extensions.Diagnostics.HealthChecks;
using RnnService.Model.Data;

namespace RnnService.Api.Datasets;

/// <summary>Checks whether the files of all datasets could be read. The service works without those that could not.</summary>
internal sealed class DatasetHealthCheck(DatasetCatalog datasets) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] unavailable = [.. datasets.Unavailable.OrderBy(dataset => dataset.Key).Select(dataset => DatasetUnavailableException.Describe(dataset.Key, dataset.Value))];
        return Task.FromResult(unavailable.Length == 0
            ? HealthCheckResult.Healthy("All datasets are available.")
            : HealthCheckResult.Degraded($"{string.Join(' ', unavailable)} Jobs that need an unavailable dataset wait."));
    }
}
