using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RnnService.Api.Models;

internal sealed class ModelPinConfiguration : IEntityTypeConfiguration<ModelPin>
{
    public void Configure(EntityTypeBuilder<ModelPin> pin)
    {
        pin.ToTable("model_pins");
        pin.HasKey(row => row.ModelId);
        pin.HasOne<ModelVersion>().WithOne().HasForeignKey<ModelPin>(row => row.ModelId).HasPrincipalKey<ModelVersion>(model => model.Id);
    }
}
