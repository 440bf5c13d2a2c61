using RnnService.Api.Http;

namespace RnnService.Api.Security;

/// <summary>Gives the framework's refusal of a host name, which comes before all other middleware and is empty, a body that says what to do.</summary>
internal sealed class AllowedHostsMiddleware(RequestDelegate next, ProblemExceptionHandler problems)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);

        // Any other 400 has a body.
        if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest } && http.GetEndpoint() is null)
        {
            await problems.TryWriteAsync(http, new HostNotAllowedException(http.Request.Host.Host));
        }
    }
}
