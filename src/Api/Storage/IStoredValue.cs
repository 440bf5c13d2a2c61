namespace RnnService.Api.Storage;

/// <summary>
/// A value that is stored as JSON. The type is used only for storage, so that responses and settings can change without affecting stored data. Each change
/// of its fields is a new version, and the type supports all older versions.
/// </summary>
internal interface IStoredValue
{
    /// <summary>The latest version that this service reads and writes.</summary>
    static abstract int LatestVersion { get; }

    /// <summary>The version that the value was written with; 1 if the JSON has none.</summary>
    int Version { get; }
}
