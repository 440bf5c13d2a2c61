using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>The embedded database.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : ServiceDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.HasDbFunction(() => DatabaseClock.Now()).HasName(SqliteClock.Function);
    }
}
