using RnnService.Api.Http;

namespace RnnService.Api.Storage;

/// <summary>A newer version of the service wrote a stored value.</summary>
internal sealed class StoredVersionException(string value, string found) : ProblemException(
    StatusCodes.Status500InternalServerError,
    $"The database has a {value} {found}. It was written by a newer version of RnnService. Start that version.")
{
    public StoredVersionException(string value, int version, int latestVersion)
        : this(value, $"of version {version}, but this version of RnnService reads versions up to {latestVersion}")
    {
    }
}
