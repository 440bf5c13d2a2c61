using System.Diagnostics;
using System.Net.Mime;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace RnnService.Api.Http;

/// <summary>
/// Writes every problem as JSON (RFC 9457, or the format of the path's protocol), regardless of the Accept header. The framework's writer sends
/// an empty body to an EventSource, which accepts only event streams. A problem without a detail gets a default one.
/// </summary>
internal sealed class ProblemWriter(IEnumerable<IErrorFormat> formats, EndpointGuide guide) : IProblemDetailsWriter
{
    private readonly IErrorFormat[] formats = [.. formats];

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        HttpContext http = context.HttpContext;
        ProblemDetails problem = context.ProblemDetails;
        problem.Status ??= http.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= DefaultDetail(http, problem.Status.Value);
        if (formats.FirstOrDefault(format => OriginalPath(http).StartsWithSegments(format.Prefix)) is IErrorFormat format)
        {
            return new ValueTask(http.Response.WriteAsJsonAsync(format.CreateBody(problem), ServiceJson.Options, http.RequestAborted));
        }

        problem.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
        return new ValueTask(http.Response.WriteAsJsonAsync(problem, problem.GetType(), ServiceJson.Options, MediaTypeNames.Application.ProblemJson, http.RequestAborted));
    }

    /// <summary>The path that the client requested: the exception handler middleware can change the request's path.</summary>
    private static PathString OriginalPath(HttpContext http) => http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? http.Request.Path;

    private string DefaultDetail(HttpContext http, int status)
    {
        PathString path = OriginalPath(http);
        return status switch
        {
            StatusCodes.Status404NotFound => $"There is no resource at {path}. {guide.Sentence}",
            StatusCodes.Status405MethodNotAllowed => $"{path} does not support {http.Request.Method}. {guide.Sentence}",
            StatusCodes.Status415UnsupportedMediaType => $"{path} does not accept a body of type '{http.Request.ContentType}'. Set Content-Type to one that /swagger lists for it, such as application/json.",
            >= StatusCodes.Status500InternalServerError => "An internal error occurred. The request was valid; see the service's log for details.",
            _ => $"The request is invalid. {guide.Sentence}",
        };
    }
}
