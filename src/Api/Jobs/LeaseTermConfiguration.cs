using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RnnService.Api.Jobs;

internal sealed class LeaseTermConfiguration : IEntityTypeConfiguration<LeaseTerm>
{
    public void Configure(EntityTypeBuilder<LeaseTerm> lease)
    {
        lease.ToTable("job_leases");
        lease.HasKey(row => row.JobId);
        lease.HasOne<TrainingJob>().WithOne().HasForeignKey<LeaseTerm>(row => row.JobId).HasPrincipalKey<TrainingJob>(job => job.Id);
    }
}
