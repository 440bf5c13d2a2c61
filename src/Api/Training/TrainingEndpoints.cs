using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Http;
using RnnService.Api.Jobs;

namespace RnnService.Api.Training;

internal static class TrainingEndpoints
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxKeyLength = 200;

    public static void MapTraining(this IEndpointRouteBuilder app) =>
        app.MapPost("/train", TrainAsync)
            .WithTags("Training")
            .Accepts<TrainRequest>(isOptional: true, "application/json")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));

    /// <summary>Starts to train a network in the background.</summary>
    /// <remarks>Answers at once with the job; watch it at `/jobs/{id}/progress`. Without a body it trains as the article did, which takes minutes.</remarks>
    /// <param name="request">What to train.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="starter">Makes the job.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="idempotencyKey">A name of your own for this request: sent again with the same name, it returns the same job, whatever its body. 1 to 200 characters, kept as long as the job.</param>
    /// <response code="202">The job: queued, or as it is when the key is known.</response>
    /// <response code="400">The body is not JSON, or fields are wrong: `errors` has all of them.</response>
    /// <response code="413">The body is larger than 64 kB.</response>
    /// <response code="415">The body is not marked as JSON.</response>
    /// <response code="429">Too many jobs wait; try again after `Retry-After` seconds.</response>
    private static async Task<Accepted<JobResponse>> TrainAsync(
        HttpRequest request,
        TrainRequestReader reader,
        TrainingJobStarter starter,
        CancellationToken cancellation,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey = null)
    {
        if (idempotencyKey is { Length: 0 or > MaxKeyLength })
        {
            throw new InvalidRequestException("Idempotency-Key", $"must have from 1 to {MaxKeyLength} characters.");
        }

        JobSnapshot snapshot = await starter.StartAsync(await reader.ReadAsync(request, cancellation), idempotencyKey, cancellation);
        return TypedResults.Accepted($"/jobs/{snapshot.Job.Id}", JobResponse.From(snapshot));
    }
}
