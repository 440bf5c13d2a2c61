using System.Threading.RateLimiting;
using RnnService.Api.Admission;
using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>Refuses a request with several images or tensors before its body is read if too many are in progress.</summary>
internal sealed class BatchPermitFilter(PredictionPermits permits, ProblemExceptionHandler problems) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using RateLimitLease? permit = permits.Batches.TryTake();
        if (permit is null)
        {
            await problems.TryWriteAsync(context.HttpContext, permits.Batches.Refusal());
            return Results.Empty;
        }

        DataRates.RequireMinimumUpload(context.HttpContext);
        return await next(context);
    }
}
