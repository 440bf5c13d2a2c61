using System.ComponentModel.DataAnnotations;

namespace RnnService.Api.Storage;

/// <summary>Settings under <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// The directory of the embedded database. It is created if it does not exist, and only one running service can use it. By default <c>RnnService</c> in
    /// the user's application data directory, such as <c>~/.local/share/RnnService</c>.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>The maximum size of the embedded database, in MiB. 1 to 16,777,216; unlimited by default.</summary>
    [Range(1, 16 * 1024 * 1024, ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public int? MaxMegabytes { get; init; }

    /// <summary>How long the checkpoint of a failed or cancelled job is kept, so that the job can be resumed. 0 to 3,650 days; 7 days by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00", ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public TimeSpan KeepCheckpoints { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a finished job is kept; its model remains. 0 to 3,650 days; forever by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00", ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public TimeSpan? KeepJobs { get; init; }
}
