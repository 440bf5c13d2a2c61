using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RnnService.Api.Storage;

/// <summary>
/// The service's database. What its tables hold is said where the capability is that keeps it, in an
/// <see cref="IEntityTypeConfiguration{TEntity}"/>; nothing here or there is of one provider.
/// </summary>
internal sealed class ServiceDbContext(DbContextOptions<ServiceDbContext> options) : DbContext(options)
{
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
