using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RnnService.Api.Storage;

/// <summary>The schema of the PostgreSQL database as a script, for installations whose service account cannot create tables.</summary>
internal static class PostgresSchema
{
    private const string Header = $"""
        -- The schema of RnnService for PostgreSQL. It applies the migrations that are missing, and can be run again.
        -- Run it with an account that can create tables, then grant the service's account the following rights:
        --   GRANT USAGE ON SCHEMA public, {PostgresQueueSchema.Name} TO the_account;
        --   GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, {PostgresQueueSchema.Name} TO the_account;
        --   GRANT USAGE ON ALL SEQUENCES IN SCHEMA {PostgresQueueSchema.Name} TO the_account;

        """;

    /// <summary>Writes the script. No database is needed.</summary>
    public static string Script()
    {
        using PostgresDbContext database = new(new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql().Options);
        return Header + database.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
    }
}
