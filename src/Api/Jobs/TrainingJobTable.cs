using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

internal sealed class TrainingJobTable : IEntityTypeConfiguration<TrainingJob>
{
    public void Configure(EntityTypeBuilder<TrainingJob> job)
    {
        job.ToTable("jobs");
        job.HasKey(row => row.Number);
        job.HasAlternateKey(row => row.Id);
        job.HasIndex(row => row.IdempotencyKey).IsUnique();
        job.HasIndex(row => row.Status);
        job.Property(row => row.Revision).IsConcurrencyToken();
        job.Property(row => row.Settings).HasJsonText();
        job.Property(row => row.Progress).HasJsonText();
        job.Property(row => row.Error).HasJsonText();
    }
}
