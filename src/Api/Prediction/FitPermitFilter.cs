using System.Threading.RateLimiting;
using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>Refuses a request with <c>fit=true</c> before its body is read if too many are in progress. Other requests need no permit.</summary>
internal sealed class FitPermitFilter(PredictionPermits permits, ProblemExceptionHandler problems) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query["fit"] == "true" ? InvokeWithPermitAsync(context, next) : next(context);

    private async ValueTask<object?> InvokeWithPermitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using RateLimitLease? permit = permits.Fits.TryTake();
        if (permit is null)
        {
            await problems.TryWriteAsync(context.HttpContext, permits.Fits.Refusal());
            return Results.Empty;
        }

        DataRates.RequireMinimumUpload(context.HttpContext);
        return await next(context);
    }
}
