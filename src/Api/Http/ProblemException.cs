using Microsoft.AspNetCore.Mvc;

namespace RnnService.Api.Http;

/// <summary>An error that is reported to the client. It has an HTTP status and explains how to fix the request.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">The problem's <c>detail</c>: what went wrong and how to fix it.</param>
/// <param name="cause">The underlying exception, if any.</param>
internal abstract class ProblemException(int status, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public int Status { get; } = status;

    /// <summary>When the client can retry the request; null if retrying does not help.</summary>
    public virtual TimeSpan? RetryAfter => null;

    public virtual ProblemDetails ToProblemDetails() => new() { Status = Status, Detail = Message };
}
