using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>Creates contexts of a provider for code that is independent of the provider.</summary>
internal sealed class ServiceDbContextFactory<T>(IDbContextFactory<T> databases) : IDbContextFactory<ServiceDbContext>
    where T : ServiceDbContext
{
    public ServiceDbContext CreateDbContext() => databases.CreateDbContext();

    public async Task<ServiceDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => await databases.CreateDbContextAsync(cancellationToken);
}
