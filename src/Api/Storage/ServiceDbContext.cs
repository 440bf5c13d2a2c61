using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RnnService.Api.Storage;

/// <summary>
/// The service's database. Each capability configures its own tables with an <see cref="IEntityTypeConfiguration{TEntity}"/>. All configuration is
/// independent of the database provider; each provider has a context type, because EF Core keeps migrations per context type.
/// </summary>
internal abstract class ServiceDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Returns a migration in the database that this service does not have, because a newer version applied it; null if there is none.</summary>
    public string? FindUnknownMigration() => Database.GetAppliedMigrations().Except(Database.GetMigrations()).FirstOrDefault();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        conventions.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(ServiceDbContext).Assembly);
        foreach (IMutableProperty property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
