namespace RnnService.Api.Datasets;

/// <summary>Settings under <c>Datasets:{name}</c>.</summary>
internal sealed class DatasetOptions
{
    /// <summary>A directory with four IDX files that have the file names of MNIST. Relative paths are resolved against the working directory.</summary>
    public string Directory { get; init; } = "";
}
