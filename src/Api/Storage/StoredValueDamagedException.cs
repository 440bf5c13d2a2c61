using RnnService.Api.Http;

namespace RnnService.Api.Storage;

/// <summary>A value in the database cannot be read.</summary>
internal sealed class StoredValueDamagedException(string value, Exception cause) : ProblemException(
    StatusCodes.Status503ServiceUnavailable,
    $"The database has a damaged {value}. Restore a copy of the database from before the damage.",
    cause);
