using RnnService.Api.Http;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>
/// Rejects requests before their body is read while the queue is full. It writes the response without throwing, because thousands of exceptions would slow down
/// the predictions in the queue.
/// </summary>
internal sealed class FullQueueFilter(PredictionBatcher batcher, ProblemExceptionHandler problems) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        batcher.IsFull ? RefuseAsync(context.HttpContext) : next(context);

    private async ValueTask<object?> RefuseAsync(HttpContext http)
    {
        await problems.TryWriteAsync(http, new PredictionOverloadedException(batcher.QueueLimit));
        return Results.Empty;
    }
}
