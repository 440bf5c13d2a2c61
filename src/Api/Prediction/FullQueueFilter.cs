using RnnService.Api.Http;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>
/// Rejects requests before their body is read while the queue is full. It writes the response without throwing, because thousands of exceptions would slow down
/// the predictions in the queue.
/// </summary>
internal sealed class FullQueueFilter(PredictionBatcher batcher, ProblemExceptionHandler problems) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!batcher.IsFull)
        {
            return await next(context);
        }

        await problems.TryWriteAsync(context.HttpContext, new PredictionOverloadedException(batcher.QueueLimit));
        return Results.Empty;
    }
}
