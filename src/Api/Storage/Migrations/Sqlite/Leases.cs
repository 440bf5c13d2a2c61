using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RnnService.Api.Storage.Migrations.Sqlite;

/// <summary>Moves the leases to a table of their own, and adds the attempts of each job. Those of earlier versions are unknown.</summary>
[DbContext(typeof(SqliteDbContext))]
[Migration("20261125130000_Leases")]
internal sealed class Leases : Migration
{
    protected override void Up(MigrationBuilder migration)
    {
        migration.AddColumn<string>("attempts", "jobs", defaultValue: """{"attempts":[],"version":1}""");
        migration.CreateTable(
            "job_leases",
            table => new
            {
                job_id = table.Column<Guid>(),
                attempt = table.Column<int>(),
                until = table.Column<DateTime>(),
                epoch = table.Column<int>(),
                epochs = table.Column<int>(),
                batch = table.Column<int>(),
                batches = table.Column<int>(),
                images_per_second = table.Column<double>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_job_leases", lease => lease.job_id);
                table.ForeignKey("FK_job_leases_jobs_job_id", lease => lease.job_id, "jobs", "id", onDelete: ReferentialAction.Cascade);
            });

        // EF Core would copy the table.
        migration.Sql("ALTER TABLE jobs DROP COLUMN lease_until");
    }

    protected override void Down(MigrationBuilder migration)
    {
        migration.AddColumn<DateTime>("lease_until", "jobs", nullable: true);
        migration.DropTable("job_leases");
        migration.Sql("ALTER TABLE jobs DROP COLUMN attempts");
    }
}
