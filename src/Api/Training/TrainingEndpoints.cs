using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

internal static class TrainingEndpoints
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxKeyLength = 200;

    public static void MapTraining(this IEndpointRouteBuilder app)
    {
        app.MapPost("/train", TrainAsync)
            .WithTags("Training")
            .Accepts<TrainRequest>(isOptional: true, "application/json")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        app.MapPost("/jobs/{id}/resume", ResumeAsync)
            .WithTags("Jobs")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Starts a training job.</summary>
    /// <remarks>Returns the job immediately; `/jobs/{id}/progress` streams its progress. Without a body, the job reproduces the article, which takes several minutes. Clients with different addresses take turns in the queue.</remarks>
    /// <param name="request">The request.</param>
    /// <param name="reader">Reads the request.</param>
    /// <param name="starter">Starts the job.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="idempotencyKey">A key of your choice that makes the request safe to repeat: a request with the same key returns the same job, regardless of its body. 1 to 200 characters; stored as long as the job.</param>
    /// <response code="202">The job. It is queued, unless a job with the same key already exists.</response>
    /// <response code="400">The body is not JSON, or fields are invalid: `errors` lists all of them.</response>
    /// <response code="413">The body is larger than 64 kB.</response>
    /// <response code="415">The Content-Type is not JSON.</response>
    /// <response code="429">Too many jobs are queued; retry after `Retry-After` seconds.</response>
    /// <response code="503">The dataset or the database is not available; retry after `Retry-After` seconds.</response>
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

        (TrainingSettings settings, JobPriority priority) = await reader.ReadAsync(request, cancellation);
        JobSnapshot snapshot = await starter.StartAsync(new NewJob(settings, priority, ClientAddress.Of(request.HttpContext), idempotencyKey), cancellation);
        return TypedResults.Accepted($"/jobs/{snapshot.Job.Id}", JobResponse.From(snapshot));
    }

    /// <summary>Resumes a failed or cancelled job after its last completed epoch.</summary>
    /// <remarks>
    /// The job returns to the queue, and a `resumed` event is added to its log. Its checkpoint is kept for a time after its end (`Storage:KeepCheckpoints`, seven days by default). The weights are those of a training
    /// that was never interrupted.
    /// </remarks>
    /// <param name="id">The job's id.</param>
    /// <param name="starter">Resumes the job.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="202">The job is queued.</response>
    /// <response code="404">The job does not exist.</response>
    /// <response code="409">The job is not failed or cancelled, or its checkpoint has expired.</response>
    /// <response code="429">Too many jobs are queued; retry after `Retry-After` seconds.</response>
    private static async Task<Accepted<JobResponse>> ResumeAsync(string id, TrainingJobStarter starter, JobReader jobs, CancellationToken cancellation)
    {
        TrainingJob job = await starter.ResumeAsync(JobId.Parse(id));
        return TypedResults.Accepted($"/jobs/{job.Id}", JobResponse.From(await jobs.GetAsync(job.Id, cancellation) with { Job = job }));
    }
}
