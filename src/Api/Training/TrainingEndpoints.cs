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

    /// <summary>Starts a training job.</summary>
    /// <remarks>Returns the job immediately; `/jobs/{id}/progress` streams its progress. Without a body, the job reproduces the article, which takes several minutes.</remarks>
    /// <param name="request">The request.</param>
    /// <param name="reader">Reads the request.</param>
    /// <param name="starter">Starts the job.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="idempotencyKey">A key of your choice that makes the request safe to repeat: a request with the same key returns the same job, regardless of its body. 1 to 200 characters; stored as long as the job.</param>
    /// <response code="202">The job. It is queued, unless a job with the same key already exists.</response>
    /// <response code="400">The body is not JSON, or fields are invalid: `errors` lists all of them.</response>
    /// <response code="413">The body is larger than 64 kB.</response>
    /// <response code="415">The Content-Type is not JSON.</response>
    /// <response code="429">The queue is full; retry after `Retry-After` seconds.</response>
    private static async Task<Accepted<JobResponse>> TrainAsync(
        HttpRequest request,
        TrainRequestReader reader,
        TrainingJobStarter starter,
        CancellationToken cancellation,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey = null)
    {
        if (idempotencyKey is { Length: 0 or > MaxKeyLength })
        {
            throw new InvalidRequestException("Idempotency-Key", $"must have 1 to {MaxKeyLength} characters.");
        }

        JobSnapshot snapshot = await starter.StartAsync(await reader.ReadAsync(request, cancellation), idempotencyKey, cancellation);
        return TypedResults.Accepted($"/jobs/{snapshot.Job.Id}", JobResponse.From(snapshot));
    }
}
