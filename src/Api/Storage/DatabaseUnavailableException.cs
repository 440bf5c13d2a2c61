using RnnService.Api.Http;

namespace RnnService.Api.Storage;

/// <summary>The database could not carry out an operation, for example because the disk is full.</summary>
internal sealed class DatabaseUnavailableException(string reason, Exception cause) : ProblemException(
    StatusCodes.Status503ServiceUnavailable,
    $"{reason} The request is valid: send it again after the time in Retry-After. If this keeps happening, see the service's log for the cause.",
    cause)
{
    public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(30);
}
