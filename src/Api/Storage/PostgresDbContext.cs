using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>The database of several processes.</summary>
internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : ServiceDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.HasDbFunction(() => DatabaseClock.Now()).HasName("clock_timestamp").IsBuiltIn();
    }
}
