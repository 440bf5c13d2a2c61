using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RnnService.Api.Jobs;
using RnnService.Api.Storage;

namespace RnnService.Api.Models;

internal sealed class ModelVersionConfiguration : IEntityTypeConfiguration<ModelVersion>
{
    public void Configure(EntityTypeBuilder<ModelVersion> model)
    {
        model.ToTable("models");
        model.HasKey(row => row.Number);
        model.HasAlternateKey(row => row.Id);
        model.Property(row => row.Settings).HasJsonConversion(StoredTrainingSettings.From, stored => stored.ToSettings());
        model.Property(row => row.Confusion).HasJsonConversion(StoredConfusion.From, stored => stored.ToConfusionMatrix());
    }
}
