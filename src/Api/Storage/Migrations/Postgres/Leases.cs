using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RnnService.Api.Storage.Migrations.Postgres;

/// <summary>Moves the leases to a table of their own, and adds the attempts of each job. Those of earlier versions are unknown.</summary>
[DbContext(typeof(PostgresDbContext))]
[Migration("20261125130000_Leases")]
internal sealed class Leases : Migration
{
    protected override void Up(MigrationBuilder migration)
    {
        migration.AddColumn<string>("attempts", "jobs", "text", defaultValue: """{"attempts":[],"version":1}""");
        migration.CreateTable(
            "job_leases",
            table => new
            {
                job_id = table.Column<Guid>("uuid"),
                attempt = table.Column<int>("integer"),
                until = table.Column<DateTime>("timestamp with time zone"),
                epoch = table.Column<int>("integer"),
                epochs = table.Column<int>("integer"),
                batch = table.Column<int>("integer"),
                batches = table.Column<int>("integer"),
                images_per_second = table.Column<double>("double precision"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_job_leases", lease => lease.job_id);
                table.ForeignKey("FK_job_leases_jobs_job_id", lease => lease.job_id, "jobs", "id", onDelete: ReferentialAction.Cascade);
            });
        migration.DropColumn("lease_until", "jobs");
    }

    protected override void Down(MigrationBuilder migration)
    {
        migration.AddColumn<DateTime>("lease_until", "jobs", "timestamp with time zone", nullable: true);
        migration.DropTable("job_leases");
        migration.DropColumn("attempts", "jobs");
    }
}
