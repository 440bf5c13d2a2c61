using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;

namespace RnnService.Api.Http;

/// <summary>Writes exceptions that have a status as problem details. Any other exception is a bug: it is logged, and the response is 500.</summary>
internal sealed partial class ProblemExceptionHandler(
    IProblemDetailsService problems, IEnumerable<IExceptionMapper> mappers, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    private readonly IExceptionMapper[] mappers = [.. mappers];

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellation)
    {
        ProblemException? problem = exception as ProblemException ?? mappers.Select(mapper => mapper.Map(exception)).FirstOrDefault(mapped => mapped is not null);
        if (problem is null)
        {
            return false;
        }

        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            LogRequestFailed(exception);
        }

        return await TryWriteAsync(http, problem);
    }

    /// <summary>Writes a problem without throwing it.</summary>
    public async ValueTask<bool> TryWriteAsync(HttpContext http, ProblemException problem)
    {
        http.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is TimeSpan delay)
        {
            http.Response.Headers.RetryAfter = delay.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem.ToProblemDetails() });
    }

    [LoggerMessage(LogLevel.Error, "The request failed")]
    private partial void LogRequestFailed(Exception exception);
}
