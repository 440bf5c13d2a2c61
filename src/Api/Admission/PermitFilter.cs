using System.Threading.RateLimiting;
using RnnService.Api.Http;

namespace RnnService.Api.Admission;

/// <summary>
/// Refuses a request before its body is read if no permit is free. Like other filters on this path, it writes the response without throwing, because thousands of exceptions
/// would slow down other requests.
/// </summary>
/// <param name="permits">The permits.</param>
/// <param name="problems">Writes the refusal.</param>
internal abstract class PermitFilter(PermitPool permits, ProblemExceptionHandler problems) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        NeedsPermit(context.HttpContext.Request) ? InvokeWithPermitAsync(context, next) : next(context);

    protected virtual bool NeedsPermit(HttpRequest request) => true;

    private async ValueTask<object?> InvokeWithPermitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using RateLimitLease? permit = permits.TryTake();
        if (permit is null)
        {
            return await RefusalFilter.RefuseAsync(problems, context.HttpContext, permits.Refusal());
        }

        DataRates.RequireMinimumUpload(context.HttpContext);
        return await next(context);
    }
}
