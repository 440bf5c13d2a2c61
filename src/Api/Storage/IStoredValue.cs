namespace RnnService.Api.Storage;

/// <summary>
/// A value that is stored as JSON. Its type is used for nothing else, so that responses and settings can change without affecting stored data. A change
/// of its fields is a new version, and the type keeps reading all older versions.
/// </summary>
internal interface IStoredValue
{
    /// <summary>The version that this service writes.</summary>
    static abstract int LatestVersion { get; }

    /// <summary>The version that the value was written with; 1 if the JSON has none.</summary>
    int Version { get; }
}
