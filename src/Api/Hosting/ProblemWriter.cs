using System.Diagnostics;
using System.Net.Mime;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using RnnService.Api.OpenInference;

namespace RnnService.Api.Hosting;

/// <summary>
/// Writes every problem as RFC 9457 JSON, whatever the client accepts: the framework's own writer says nothing to an EventSource, which
/// accepts event streams only. A problem without a detail gets one that says where to look.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        HttpContext http = context.HttpContext;
        ProblemDetails problem = context.ProblemDetails;
        problem.Status ??= http.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= Detail(http, problem.Status.Value);
        if (OriginalPath(http).StartsWithSegments(OpenInferenceEndpoints.Prefix))
        {
            return new ValueTask(http.Response.WriteAsJsonAsync(new OpenInferenceError(problem.Detail), ServiceJson.Options, http.RequestAborted));
        }

        problem.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
        return new ValueTask(http.Response.WriteAsJsonAsync(problem, problem.GetType(), ServiceJson.Options, MediaTypeNames.Application.ProblemJson, http.RequestAborted));
    }

    /// <summary>While an exception is handled, the request's path may be another.</summary>
    private static PathString OriginalPath(HttpContext http) => http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? http.Request.Path;

    private static string Detail(HttpContext http, int status)
    {
        PathString path = OriginalPath(http);
        return status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {path}. /swagger lists all calls.",
            StatusCodes.Status405MethodNotAllowed => $"{path} does not take {http.Request.Method}. /swagger lists all calls.",
            StatusCodes.Status415UnsupportedMediaType => $"{path} does not take a body of type '{http.Request.ContentType}'. Set Content-Type to one that /swagger shows for it, such as application/json.",
            >= StatusCodes.Status500InternalServerError => "The service made a mistake. Its log has more; nothing was wrong with the request.",
            _ => "The request cannot be answered. /swagger lists all calls and what they take.",
        };
    }
}
