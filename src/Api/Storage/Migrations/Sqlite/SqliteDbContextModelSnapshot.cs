using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RnnService.Api.Storage.Migrations.Sqlite;

/// <summary>The EF Core model after the last migration, on which the next one is based. Like the migrations, it does not specify column types.</summary>
[DbContext(typeof(SqliteDbContext))]
internal sealed class SqliteDbContextModelSnapshot : ModelSnapshot
{
    private const string Job = "RnnService.Api.Jobs.TrainingJob";
    private const string Version = "RnnService.Api.Models.ModelVersion";

    protected override void BuildModel(ModelBuilder model)
    {
        model.Entity(Job, job =>
        {
            job.ToTable("jobs");
            job.Property<int>("Number").ValueGeneratedOnAdd().HasColumnName("number");
            job.Property<int>("Attempt").HasColumnName("attempt");
            job.Property<string>("Attempts").IsRequired().HasColumnName("attempts");
            job.Property<double?>("BestValidationAccuracy").HasColumnName("best_validation_accuracy");
            job.Property<string>("Client").IsRequired().HasColumnName("client");
            job.Property<DateTime>("CreatedAt").HasColumnName("created_at");
            job.Property<string>("Error").HasColumnName("error");
            job.Property<DateTime?>("EstimatedFinishAt").HasColumnName("estimated_finish_at");
            job.Property<DateTime?>("FinishedAt").HasColumnName("finished_at");
            job.Property<Guid>("Id").HasColumnName("id");
            job.Property<string>("IdempotencyKey").HasColumnName("idempotency_key");
            job.Property<int>("LastEpoch").HasColumnName("last_epoch");
            job.Property<int>("LastSequence").HasColumnName("last_sequence");
            job.Property<Guid?>("ModelId").HasColumnName("model_id");
            job.Property<string>("Priority").IsRequired().HasColumnName("priority");
            job.Property<string>("Progress").HasColumnName("progress");
            job.Property<int>("Revision").IsConcurrencyToken().HasColumnName("revision");
            job.Property<string>("Settings").IsRequired().HasColumnName("settings");
            job.Property<DateTime?>("StartedAt").HasColumnName("started_at");
            job.Property<string>("Status").IsRequired().HasColumnName("status");
            job.Property<double?>("TestAccuracy").HasColumnName("test_accuracy");
            job.Property<int>("Turn").HasColumnName("turn");
            job.Property<int>("UnfinishedAttempts").HasColumnName("unfinished_attempts");
            job.HasKey("Number");
            job.HasAlternateKey("Id");
            job.HasIndex("FinishedAt");
            job.HasIndex("IdempotencyKey").IsUnique();
            job.HasIndex("Status");
        });

        model.Entity("RnnService.Api.Jobs.JobEvent", entry =>
        {
            entry.ToTable("job_events");
            entry.Property<Guid>("JobId").HasColumnName("job_id");
            entry.Property<int>("Sequence").HasColumnName("sequence");
            entry.Property<string>("Data").IsRequired().HasColumnName("data");
            entry.Property<string>("Type").IsRequired().HasColumnName("type");
            entry.HasKey("JobId", "Sequence");
            entry.HasOne(Job, null).WithMany().HasForeignKey("JobId").HasPrincipalKey("Id").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });

        model.Entity("RnnService.Api.Jobs.JobCheckpoint", checkpoint =>
        {
            checkpoint.ToTable("job_checkpoints");
            checkpoint.Property<Guid>("JobId").HasColumnName("job_id");
            checkpoint.Property<byte[]>("Content").IsRequired().HasColumnName("content");
            checkpoint.HasKey("JobId");
            checkpoint.HasOne(Job, null).WithOne().HasForeignKey("RnnService.Api.Jobs.JobCheckpoint", "JobId").HasPrincipalKey(Job, "Id").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });

        model.Entity("RnnService.Api.Jobs.LeaseTerm", lease =>
        {
            lease.ToTable("job_leases");
            lease.Property<Guid>("JobId").HasColumnName("job_id");
            lease.Property<int>("Attempt").HasColumnName("attempt");
            lease.Property<int>("Batch").HasColumnName("batch");
            lease.Property<int>("Batches").HasColumnName("batches");
            lease.Property<int>("Epoch").HasColumnName("epoch");
            lease.Property<int>("Epochs").HasColumnName("epochs");
            lease.Property<double>("ImagesPerSecond").HasColumnName("images_per_second");
            lease.Property<DateTime>("Until").HasColumnName("until");
            lease.HasKey("JobId");
            lease.HasOne(Job, null).WithOne().HasForeignKey("RnnService.Api.Jobs.LeaseTerm", "JobId").HasPrincipalKey(Job, "Id").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });

        model.Entity(Version, version =>
        {
            version.ToTable("models");
            version.Property<int>("Number").ValueGeneratedOnAdd().HasColumnName("number");
            version.Property<string>("Confusion").IsRequired().HasColumnName("confusion");
            version.Property<DateTime>("CreatedAt").HasColumnName("created_at");
            version.Property<Guid>("Id").HasColumnName("id");
            version.Property<Guid>("JobId").HasColumnName("job_id");
            version.Property<long>("Parameters").HasColumnName("parameters");
            version.Property<string>("Settings").IsRequired().HasColumnName("settings");
            version.Property<string>("Sha256").IsRequired().HasColumnName("sha256");
            version.HasKey("Number");
            version.HasAlternateKey("Id");
        });

        model.Entity("RnnService.Api.Models.ModelWeights", weights =>
        {
            weights.ToTable("model_weights");
            weights.Property<Guid>("ModelId").HasColumnName("model_id");
            weights.Property<byte[]>("Content").IsRequired().HasColumnName("content");
            weights.HasKey("ModelId");
            weights.HasOne(Version, null).WithOne().HasForeignKey("RnnService.Api.Models.ModelWeights", "ModelId").HasPrincipalKey(Version, "Id").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });

        model.Entity("RnnService.Api.Models.ModelPin", pin =>
        {
            pin.ToTable("model_pins");
            pin.Property<Guid>("ModelId").HasColumnName("model_id");
            pin.HasKey("ModelId");
            pin.HasOne(Version, null).WithOne().HasForeignKey("RnnService.Api.Models.ModelPin", "ModelId").HasPrincipalKey(Version, "Id").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });
    }
}
