using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RnnService.Api.Jobs;

internal sealed class JobCheckpointConfiguration : IEntityTypeConfiguration<JobCheckpoint>
{
    public void Configure(EntityTypeBuilder<JobCheckpoint> checkpoint)
    {
        checkpoint.ToTable("job_checkpoints");
        checkpoint.HasKey(row => row.JobId);
        checkpoint.HasOne<TrainingJob>().WithOne().HasForeignKey<JobCheckpoint>(row => row.JobId).HasPrincipalKey<TrainingJob>(job => job.Id);
    }
}
