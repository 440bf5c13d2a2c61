using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace RnnService.Api.Storage.Migrations.Sqlite;

/// <summary>Creates the first tables.</summary>
[DbContext(typeof(SqliteDbContext))]
[Migration("20261124000000_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migration)
    {
        migration.CreateTable(
            "jobs",
            table => new
            {
                number = AutoIncrement(table),
                id = table.Column<Guid>(),
                settings = table.Column<string>(),
                idempotency_key = table.Column<string>(nullable: true),
                created_at = table.Column<DateTime>(),
                revision = table.Column<int>(),
                status = table.Column<string>(),
                started_at = table.Column<DateTime>(nullable: true),
                finished_at = table.Column<DateTime>(nullable: true),
                estimated_finish_at = table.Column<DateTime>(nullable: true),
                attempt = table.Column<int>(),
                lease_until = table.Column<DateTime>(nullable: true),
                progress = table.Column<string>(nullable: true),
                test_accuracy = table.Column<double>(nullable: true),
                model_id = table.Column<Guid>(nullable: true),
                error = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_jobs", job => job.number);
                table.UniqueConstraint("AK_jobs_id", job => job.id);
            });
        migration.CreateIndex("IX_jobs_idempotency_key", "jobs", "idempotency_key", unique: true);
        migration.CreateIndex("IX_jobs_status", "jobs", "status");

        migration.CreateTable(
            "job_events",
            table => new
            {
                job_id = table.Column<Guid>(),
                sequence = table.Column<int>(),
                type = table.Column<string>(),
                data = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_job_events", entry => new { entry.job_id, entry.sequence });
                table.ForeignKey("FK_job_events_jobs_job_id", entry => entry.job_id, "jobs", "id", onDelete: ReferentialAction.Cascade);
            });

        migration.CreateTable(
            "job_checkpoints",
            table => new
            {
                job_id = table.Column<Guid>(),
                content = table.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_job_checkpoints", checkpoint => checkpoint.job_id);
                table.ForeignKey("FK_job_checkpoints_jobs_job_id", checkpoint => checkpoint.job_id, "jobs", "id", onDelete: ReferentialAction.Cascade);
            });

        migration.CreateTable(
            "models",
            table => new
            {
                number = AutoIncrement(table),
                id = table.Column<Guid>(),
                job_id = table.Column<Guid>(),
                created_at = table.Column<DateTime>(),
                settings = table.Column<string>(),
                confusion = table.Column<string>(),
                parameters = table.Column<long>(),
                sha256 = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_models", model => model.number);
                table.UniqueConstraint("AK_models_id", model => model.id);
            });

        migration.CreateTable(
            "model_weights",
            table => new
            {
                model_id = table.Column<Guid>(),
                content = table.Column<byte[]>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_model_weights", weights => weights.model_id);
                table.ForeignKey("FK_model_weights_models_model_id", weights => weights.model_id, "models", "id", onDelete: ReferentialAction.Cascade);
            });

        migration.CreateTable(
            "model_pins",
            table => new
            {
                model_id = table.Column<Guid>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_model_pins", pin => pin.model_id);
                table.ForeignKey("FK_model_pins_models_model_id", pin => pin.model_id, "models", "id", onDelete: ReferentialAction.Cascade);
            });
    }

    protected override void Down(MigrationBuilder migration)
    {
        foreach (string table in new[] { "model_pins", "model_weights", "models", "job_checkpoints", "job_events", "jobs" })
        {
            migration.DropTable(table);
        }
    }

    /// <summary>A number that the database counts up and never reuses.</summary>
    private static OperationBuilder<AddColumnOperation> AutoIncrement(ColumnsBuilder table) =>
        table.Column<int>().Annotation("Sqlite:Autoincrement", true);
}
