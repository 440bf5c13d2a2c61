namespace RnnService.Api.Datasets;

/// <summary>Settings under <c>Datasets:{name}</c>.</summary>
internal sealed class DatasetOptions
{
    /// <summary>A folder with the four IDX files, named like those of MNIST. Relative paths are resolved against the working directory.</summary>
    public string Directory { get; init; } = "";
}
