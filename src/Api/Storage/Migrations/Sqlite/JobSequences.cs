using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RnnService.Api.Storage.Migrations.Sqlite;

/// <summary>Adds to each job what was counted in its log until now: the last event, the last epoch, and the best validation accuracy.</summary>
[DbContext(typeof(SqliteDbContext))]
[Migration("20261125000000_JobSequences")]
internal sealed class JobSequences : Migration
{
    protected override void Up(MigrationBuilder migration)
    {
        migration.AddColumn<int>("last_sequence", "jobs", defaultValue: 0);
        migration.AddColumn<int>("last_epoch", "jobs", defaultValue: 0);
        migration.AddColumn<int>("unfinished_attempts", "jobs", defaultValue: 0);
        migration.AddColumn<double>("best_validation_accuracy", "jobs", nullable: true);
        migration.CreateIndex("IX_jobs_finished_at", "jobs", "finished_at");
        migration.Sql("""
            UPDATE jobs SET
                last_sequence = (SELECT count(*) FROM job_events WHERE job_id = jobs.id),
                last_epoch = (SELECT count(*) FROM job_events WHERE job_id = jobs.id AND type = 'epoch'),
                best_validation_accuracy = (SELECT max(json_extract(data, '$.validationAccuracy')) FROM job_events WHERE job_id = jobs.id AND type = 'epoch')
            """);
    }

    protected override void Down(MigrationBuilder migration)
    {
        migration.DropIndex("IX_jobs_finished_at", "jobs");
        foreach (string column in new[] { "last_sequence", "last_epoch", "unfinished_attempts", "best_validation_accuracy" })
        {
            migration.DropColumn(column, "jobs");
        }
    }
}
