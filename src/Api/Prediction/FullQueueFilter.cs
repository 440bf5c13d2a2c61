using RnnService.Api.Admission;
using RnnService.Api.Http;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>Refuses requests while the queue of images is full.</summary>
internal sealed class FullQueueFilter(PredictionBatcher batcher, ProblemExceptionHandler problems) : RefusalFilter(problems)
{
    protected override ProblemException? Refusal(HttpRequest request) => batcher.IsFull ? new PredictionOverloadedException(batcher.QueueLimit) : null;
}
