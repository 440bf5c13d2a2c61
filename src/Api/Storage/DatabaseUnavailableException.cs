using RnnService.Api.Http;

namespace RnnService.Api.Storage;

/// <summary>The database could not carry out an operation, for example because the disk is full.</summary>
internal sealed class DatabaseUnavailableException(Exception cause) : ProblemException(
    StatusCodes.Status503ServiceUnavailable,
    $"The database operation failed: {cause.GetBaseException().Message} See the service's log for details. Fix the cause and send the request again.",
    cause)
{
    public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(30);
}
