using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>The migrations of each database provider. No database is needed.</summary>
public class MigrationTests
{
    [Theory]
    [InlineData("SqliteDbContext")]
    [InlineData("PostgresDbContext")]
    public void The_migrations_lead_to_the_current_model(string name)
    {
        using DbContext database = Create(name);

        IRelationalModel current = database.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        IReadOnlyModel snapshot = database.GetService<IMigrationsAssembly>().ModelSnapshot!.Model;
        IRelationalModel migrated = database.GetService<IModelRuntimeInitializer>().Initialize((IModel)snapshot, designTime: true).GetRelationalModel();

        Assert.Empty(database.GetService<IMigrationsModelDiffer>().GetDifferences(migrated, current).Select(operation => operation.ToString()));
        Assert.False(database.Database.HasPendingModelChanges());
    }

    [Fact]
    public void The_migrations_of_released_versions_keep_their_ids()
    {
        using DbContext database = Create("SqliteDbContext");

        Assert.Equal(["20261124000000_Initial", "20261125000000_JobSequences"], database.Database.GetMigrations().Take(2));
    }

    [Theory]
    [InlineData("Host=db;Pasword=secret", "ConnectionStrings:Postgres must be a connection string of Npgsql such as Host=db;")]
    [InlineData("Host=db;Password=secret", "ConnectionStrings:Postgres must contain Host and Database")]
    public async Task An_invalid_connection_string_prevents_startup_and_is_not_printed(string value, string message)
    {
        (int exitCode, string output) = await DotnetCommand.RunAsync([ServiceProcess.Program, "--ConnectionStrings:Postgres", value]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"RnnService cannot start. {message}", output, StringComparison.Ordinal);
        Assert.DoesNotContain(value, output, StringComparison.Ordinal);
    }

    /// <summary>The context types are internal.</summary>
    private static DbContext Create(string name)
    {
        Type type = typeof(Program).Assembly.GetTypes().Single(type => type.Name == name);
        DbContextOptionsBuilder builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        DbContextOptions options = (name == "SqliteDbContext" ? builder.UseSqlite() : builder.UseNpgsql()).Options;
        return (DbContext)Activator.CreateInstance(type, options)!;
    }
}
