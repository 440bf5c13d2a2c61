using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Models;

/// <summary>Settings under <c>Models</c>.</summary>
internal sealed class DownloadOptions
{
    public const string Section = "Models";

    /// <summary>The largest number of model files that are downloaded at the same time. 1 to 10,000; 32 by default.</summary>
    [Range(1, 10_000, ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public int MaxConcurrentDownloads { get; init; } = 32;
}
