using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RnnService.Api.Models;

internal sealed class ModelWeightsConfiguration : IEntityTypeConfiguration<ModelWeights>
{
    public void Configure(EntityTypeBuilder<ModelWeights> weights)
    {
        weights.ToTable("model_weights");
        weights.HasKey(row => row.ModelId);
        weights.HasOne<ModelVersion>().WithOne().HasForeignKey<ModelWeights>(row => row.ModelId).HasPrincipalKey<ModelVersion>(model => model.Id);
    }
}
