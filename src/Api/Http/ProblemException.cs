using Microsoft.AspNetCore.Mvc;

namespace RnnService.Api.Http;

/// <summary>An error that is reported to the client. It carries its own status and an explanation of what to do.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">The problem's <c>detail</c>: what went wrong and how to fix it.</param>
/// <param name="cause">The exception behind it, if any.</param>
internal abstract class ProblemException(int status, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public int Status { get; } = status;

    /// <summary>When the client can send the request again; null if repeating it does not help.</summary>
    public virtual TimeSpan? RetryAfter => null;

    public virtual ProblemDetails ToProblemDetails() => new() { Status = Status, Detail = Message };
}
