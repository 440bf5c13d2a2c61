using Microsoft.EntityFrameworkCore;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Only this process uses the embedded database, because it locks the data directory: when it starts, no worker is running.</summary>
internal sealed class EmbeddedLeaseRules(IDbContextFactory<SqliteDbContext> databases) : ILeaseRules
{
    /// <summary>Each renewal stores the progress, which subscribers receive up to four times a second.</summary>
    public TimeSpan RenewalInterval => TimeSpan.FromMilliseconds(300);

    public async Task EndAtStartAsync(CancellationToken cancellation)
    {
        await using SqliteDbContext database = await databases.CreateDbContextAsync(cancellation);
        await database.Set<LeaseTerm>().ExecuteDeleteAsync(cancellation);
    }
}
