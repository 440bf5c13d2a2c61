using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RnnService.Api.Jobs;

internal sealed class JobEventConfiguration : IEntityTypeConfiguration<JobEvent>
{
    public void Configure(EntityTypeBuilder<JobEvent> entry)
    {
        entry.ToTable("job_events");
        entry.HasKey(row => new { row.JobId, row.Sequence });
        entry.Property(row => row.Sequence).ValueGeneratedNever();
        entry.HasOne<TrainingJob>().WithMany().HasForeignKey(row => row.JobId).HasPrincipalKey(job => job.Id);
    }
}
