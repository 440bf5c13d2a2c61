using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RnnService.Api.Storage.Migrations.Postgres;

/// <summary>Adds what the order of the queue depends on, and the tables of Hangfire.</summary>
[DbContext(typeof(PostgresDbContext))]
[Migration("20261125140000_Queue")]
internal sealed class Queue : Migration
{
    protected override void Up(MigrationBuilder migration)
    {
        migration.AddColumn<string>("priority", "jobs", "text", defaultValue: "Normal");
        migration.AddColumn<string>("client", "jobs", "text", defaultValue: "");
        migration.AddColumn<int>("turn", "jobs", "integer", defaultValue: 0);
        migration.Sql(PostgresQueueSchema.Create);
    }

    protected override void Down(MigrationBuilder migration)
    {
        migration.Sql($"DROP SCHEMA {PostgresQueueSchema.Name} CASCADE");
        foreach (string column in new[] { "priority", "client", "turn" })
        {
            migration.DropColumn(column, "jobs");
        }
    }
}
