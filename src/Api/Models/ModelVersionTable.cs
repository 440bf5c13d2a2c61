using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Models;

internal sealed class ModelVersionTable : IEntityTypeConfiguration<ModelVersion>
{
    public void Configure(EntityTypeBuilder<ModelVersion> model)
    {
        model.ToTable("models");
        model.HasKey(row => row.Number);
        model.HasAlternateKey(row => row.Id);
        model.Property(row => row.Settings).HasJsonText();
        model.Property(row => row.Confusion).HasJsonText(confusion => confusion.Counts, (IReadOnlyList<IReadOnlyList<int>> counts) => new ConfusionMatrix(counts));
    }
}
