namespace RnnService.Api.Datasets;

/// <summary>Settings under <c>Datasets</c>: the datasets by name.</summary>
internal sealed class DatasetsOptions() : Dictionary<string, DatasetOptions>(StringComparer.OrdinalIgnoreCase)
{
    public const string Section = "Datasets";
}
