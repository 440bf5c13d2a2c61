using RnnService.Api.Http;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>
/// Refuses a request before its body is read while the queue is full. It writes the response without throwing: a thousand exceptions would slow down the
/// predictions in the queue.
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
