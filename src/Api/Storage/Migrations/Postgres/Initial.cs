using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace RnnService.Api.Storage.Migrations.Postgres;

/// <summary>Creates the first tables.</summary>
[DbContext(typeof(PostgresDbContext))]
[Migration("20261125120000_Initial")]
internal sealed class Initial : Migration
{
    private const string Time = "timestamp with time zone";

    protected override void Up(MigrationBuilder migration)
    {
        CreateJobs(migration);
        CreateModels(migration);

        // Weights and checkpoints do not compress, and without compression a part of a value can be read alone.
        migration.Sql("ALTER TABLE job_checkpoints ALTER COLUMN content SET STORAGE EXTERNAL;");
        migration.Sql("ALTER TABLE model_weights ALTER COLUMN content SET STORAGE EXTERNAL;");
    }

    protected override void Down(MigrationBuilder migration)
    {
        foreach (string table in new[] { "model_pins", "model_weights", "models", "job_checkpoints", "job_events", "jobs" })
        {
            migration.DropTable(table);
        }
    }

    private static void CreateJobs(MigrationBuilder migration)
    {
        migration.CreateTable(
            "jobs",
            table => new
            {
                number = Identity(table),
                id = table.Column<Guid>("uuid"),
                settings = table.Column<string>("text"),
                idempotency_key = table.Column<string>("text", nullable: true),
                created_at = table.Column<DateTime>(Time),
                revision = table.Column<int>("integer"),
                status = table.Column<string>("text"),
                started_at = table.Column<DateTime>(Time, nullable: true),
                finished_at = table.Column<DateTime>(Time, nullable: true),
                estimated_finish_at = table.Column<DateTime>(Time, nullable: true),
                attempt = table.Column<int>("integer"),
                unfinished_attempts = table.Column<int>("integer"),
                lease_until = table.Column<DateTime>(Time, nullable: true),
                last_sequence = table.Column<int>("integer"),
                last_epoch = table.Column<int>("integer"),
                best_validation_accuracy = table.Column<double>("double precision", nullable: true),
                progress = table.Column<string>("text", nullable: true),
                test_accuracy = table.Column<double>("double precision", nullable: true),
                model_id = table.Column<Guid>("uuid", nullable: true),
                error = table.Column<string>("text", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_jobs", job => job.number);
                table.UniqueConstraint("AK_jobs_id", job => job.id);
            });
        migration.CreateIndex("IX_jobs_finished_at", "jobs", "finished_at");
        migration.CreateIndex("IX_jobs_idempotency_key", "jobs", "idempotency_key", unique: true);
        migration.CreateIndex("IX_jobs_status", "jobs", "status");

        migration.CreateTable(
            "job_events",
            table => new
            {
                job_id = table.Column<Guid>("uuid"),
                sequence = table.Column<int>("integer"),
                type = table.Column<string>("text"),
                data = table.Column<string>("text"),
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
                job_id = table.Column<Guid>("uuid"),
                content = table.Column<byte[]>("bytea"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_job_checkpoints", checkpoint => checkpoint.job_id);
                table.ForeignKey("FK_job_checkpoints_jobs_job_id", checkpoint => checkpoint.job_id, "jobs", "id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static void CreateModels(MigrationBuilder migration)
    {
        migration.CreateTable(
            "models",
            table => new
            {
                number = Identity(table),
                id = table.Column<Guid>("uuid"),
                job_id = table.Column<Guid>("uuid"),
                created_at = table.Column<DateTime>(Time),
                settings = table.Column<string>("text"),
                confusion = table.Column<string>("text"),
                parameters = table.Column<long>("bigint"),
                sha256 = table.Column<string>("text"),
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
                model_id = table.Column<Guid>("uuid"),
                content = table.Column<byte[]>("bytea"),
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
                model_id = table.Column<Guid>("uuid"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_model_pins", pin => pin.model_id);
                table.ForeignKey("FK_model_pins_models_model_id", pin => pin.model_id, "models", "id", onDelete: ReferentialAction.Cascade);
            });
    }

    /// <summary>A number that the database counts up and never reuses.</summary>
    private static OperationBuilder<AddColumnOperation> Identity(ColumnsBuilder table) =>
        table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
