using Microsoft.Extensions.Options;
using RnnService.Api.Http;

namespace RnnService.Api.Security;

/// <summary>
/// Refuses requests that can change something and that a web page of another origin sent, before their body is read. Browsers send some of them without
/// asking (CORS): a POST without a body or with a form.
/// </summary>
internal sealed class CrossOriginMiddleware(RequestDelegate next, IOptions<SecurityOptions> options, ProblemExceptionHandler problems)
{
    private const string SecFetchSite = "Sec-Fetch-Site";

    private readonly HashSet<string> allowedOrigins = new(options.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext http)
    {
        HttpRequest request = http.Request;
        return IsSafe(request.Method) || IsAllowed(request)
            ? next(http)
            : problems.TryWriteAsync(http, new CrossOriginException(request.Headers.Origin)).AsTask();
    }

    /// <summary>Whether the method changes nothing (RFC 9110, 9.2.1). A preflight request is OPTIONS.</summary>
    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private bool IsAllowed(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        if (origin is not null && allowedOrigins.Contains(origin))
        {
            return true;
        }

        // Browsers send it to HTTPS and loopback addresses. Pages cannot set or remove it.
        string? site = request.Headers[SecFetchSite];
        if (!string.IsNullOrEmpty(site))
        {
            return site is "same-origin" or "none";
        }

        // Neither header: not a browser.
        return string.IsNullOrEmpty(origin) || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
