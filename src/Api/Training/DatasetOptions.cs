using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Training;

/// <summary>Settings under <c>Datasets:{name}</c>.</summary>
internal sealed class DatasetOptions
{
    public const string Section = "Datasets";

    /// <summary>A folder with the four IDX files, named as MNIST's are; relative to the folder the service was started in.</summary>
    [Required]
    public string Directory { get; init; } = "";
}
