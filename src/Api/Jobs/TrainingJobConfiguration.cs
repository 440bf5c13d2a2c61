using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

internal sealed class TrainingJobConfiguration : IEntityTypeConfiguration<TrainingJob>
{
    public void Configure(EntityTypeBuilder<TrainingJob> job)
    {
        job.ToTable("jobs");
        job.HasKey(row => row.Number);
        job.HasAlternateKey(row => row.Id);
        job.HasIndex(row => row.FinishedAt);
        job.HasIndex(row => row.IdempotencyKey).IsUnique();
        job.HasIndex(row => row.Status);
        job.Property(row => row.Revision).IsConcurrencyToken();
        job.Property(row => row.Settings).HasJsonConversion(StoredTrainingSettings.From, stored => stored.ToSettings());
        job.Property(row => row.Attempts).HasJsonConversion(StoredAttempts.From, stored => stored.ToAttempts());
        job.Property(row => row.Progress).HasJsonConversion(progress => StoredProgress.From(progress!), stored => stored.ToProgress());
        job.Property(row => row.Error).HasJsonConversion(error => StoredError.From(error!), stored => stored.ToError());
    }
}
