using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Datasets;

/// <summary>Settings under <c>Datasets:{name}</c>.</summary>
internal sealed class DatasetOptions
{
    public const string Section = "Datasets";

    /// <summary>A folder with the four IDX files, named like those of MNIST. Relative paths are resolved against the working directory.</summary>
    [Required]
    public string Directory { get; init; } = "";
}
