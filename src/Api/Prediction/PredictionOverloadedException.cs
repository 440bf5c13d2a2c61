using RnnService.Api.Http;

namespace RnnService.Api.Prediction;

/// <summary>The image was rejected because the queue is full.</summary>
internal sealed class PredictionOverloadedException(int limit) : ProblemException(
    StatusCodes.Status503ServiceUnavailable,
    $"{limit} images are already waiting, which is the limit. Send the request again in a second.")
{
    public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(1);
}
