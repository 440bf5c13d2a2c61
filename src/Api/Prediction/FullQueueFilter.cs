using RnnService.Api.Hosting;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>
/// Refuses a request before its body is read, as long as the queue is full. The answer is that of the exception which would come of it later, but nothing is thrown: a thousand
/// throws would hold up those who are in the queue.
/// </summary>
internal sealed class FullQueueFilter(PredictionBatcher batcher, ExceptionProblems problems) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!batcher.IsFull)
        {
            return await next(context);
        }

        await problems.TryHandleAsync(context.HttpContext, new PredictionQueueFullException(batcher.QueueLimit), context.HttpContext.RequestAborted);
        return Results.Empty;
    }
}
