using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnService.Api.Storage;

/// <summary>Checks whether the database is available.</summary>
internal sealed class StorageHealthCheck(IDbContextFactory<ServiceDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using ServiceDbContext database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy("The database is available.")
            : HealthCheckResult.Unhealthy("The database is not available; see the service's log for details.");
    }
}
