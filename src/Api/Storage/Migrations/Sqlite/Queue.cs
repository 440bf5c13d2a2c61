using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RnnService.Api.Storage.Migrations.Sqlite;

/// <summary>Adds what the order of the queue depends on. Jobs that are already queued keep their order and come first.</summary>
[DbContext(typeof(SqliteDbContext))]
[Migration("20261125140000_Queue")]
internal sealed class Queue : Migration
{
    protected override void Up(MigrationBuilder migration)
    {
        migration.AddColumn<string>("priority", "jobs", defaultValue: "Normal");
        migration.AddColumn<string>("client", "jobs", defaultValue: "");
        migration.AddColumn<int>("turn", "jobs", defaultValue: 0);
    }

    protected override void Down(MigrationBuilder migration)
    {
        foreach (string column in new[] { "priority", "client", "turn" })
        {
            migration.DropColumn(column, "jobs");
        }
    }
}
