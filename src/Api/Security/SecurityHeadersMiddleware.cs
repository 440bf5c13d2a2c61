using System.Net.Mime;
using Microsoft.Extensions.Primitives;

namespace RnnService.Api.Security;

/// <summary>Adds the headers that restrict what browsers do with a response, to every response.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next, IEnumerable<ContentSecurityPolicy> policies)
{
    private readonly ContentSecurityPolicy[] policies = [.. policies];

    public Task InvokeAsync(HttpContext http)
    {
        // When the response starts: the exception handler removes all headers that are set before.
        http.Response.OnStarting(SetHeaders, http);
        return next(http);
    }

    private Task SetHeaders(object state)
    {
        HttpContext http = (HttpContext)state;
        IHeaderDictionary headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";

        // Not no-referrer: browsers would then send "Origin: null" with the forms of the service's own pages.
        headers["Referrer-Policy"] = "same-origin";
        if (StringValues.IsNullOrEmpty(headers.ContentSecurityPolicy) && http.Response.ContentType?.StartsWith(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase) == true)
        {
            // Hangfire moves its prefix from the path to the path base.
            PathString path = http.Request.PathBase.Add(http.Request.Path);
            headers.ContentSecurityPolicy = (policies.FirstOrDefault(policy => path.StartsWithSegments(policy.Prefix)) ?? ContentSecurityPolicy.None).Value;
        }

        return Task.CompletedTask;
    }
}
