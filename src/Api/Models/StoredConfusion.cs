using System.Text.Json.Serialization;
using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Models;

/// <summary>The confusion matrix of a model. Version 1 was the bare array of counts.</summary>
/// <param name="Counts">[10, 10]: how many images of a digit (row) were classified as a digit (column).</param>
/// <param name="Version">The version it was written with.</param>
[JsonConverter(typeof(StoredConfusionConverter))]
internal sealed record StoredConfusion(IReadOnlyList<IReadOnlyList<int>> Counts, int Version) : IStoredValue
{
    public static int LatestVersion => 2;

    public static StoredConfusion From(ConfusionMatrix confusion) => new(confusion.Counts, LatestVersion);

    public ConfusionMatrix ToConfusionMatrix() => new(Counts);
}
