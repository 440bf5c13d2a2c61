using RnnService.Api.Http;
using RnnService.Model.Inference;

namespace RnnService.Api.Prediction;

/// <summary>Maps the prediction queue's exception.</summary>
internal sealed class PredictionExceptionMapper(PredictionBatcher batcher) : IExceptionMapper
{
    public ProblemException? Map(Exception exception) => exception is PredictionQueueFullException ? new PredictionOverloadedException(batcher.QueueLimit) : null;
}
