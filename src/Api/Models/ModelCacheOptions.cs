using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Models;

/// <summary>The settings under <c>Prediction</c> that configure the model cache.</summary>
internal sealed class ModelCacheOptions
{
    public const string Section = "Prediction";

    /// <summary>The maximum number of inactive models that stay loaded for requests that select them. 1 to 100; 4 by default.</summary>
    [Range(1, 100, ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public int LoadedModels { get; init; } = 4;
}
