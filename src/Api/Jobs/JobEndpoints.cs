using Microsoft.AspNetCore.Http.HttpResults;
using RnnService.Api.Http;

namespace RnnService.Api.Jobs;

internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder jobs = app.MapGroup("/jobs").WithTags("Jobs");

        jobs.MapGet("/", ListAsync).ProducesProblem(StatusCodes.Status400BadRequest);
        jobs.MapGet("/{id}", GetAsync).ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapPost("/{id}/cancel", CancelAsync)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Lists jobs, newest first.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="status">Only jobs in this state: queued, running, cancelling, succeeded, failed or cancelled.</param>
    /// <param name="after">Only jobs older than the one of this id: the last one of the page before.</param>
    /// <param name="limit" example="20">How many, from 1 to 100; 20 when left out.</param>
    /// <response code="200">A page of jobs.</response>
    /// <response code="400">A parameter is not as it should be.</response>
    private static async Task<Ok<Page<JobResponse>>> ListAsync(
        JobReader jobs, CancellationToken cancellation, string? status = null, string? after = null, string? limit = null)
    {
        ValidationErrors errors = new();
        TrainingJobStatus? wanted = EnumNames.Parse<TrainingJobStatus>(status, nameof(status), errors);
        Paging paging = Paging.Parse(after, limit, errors);
        errors.ThrowIfAny();
        return TypedResults.Ok((await jobs.ListAsync(wanted, paging, cancellation)).Select(JobResponse.From));
    }

    /// <summary>Shows a job with its epochs so far.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The job.</response>
    /// <response code="404">There is no such job.</response>
    private static async Task<Ok<JobResponse>> GetAsync(string id, JobReader jobs, CancellationToken cancellation) =>
        TypedResults.Ok(JobResponse.From(await jobs.GetAsync(JobId.Parse(id), cancellation)));

    /// <summary>Cancels a job.</summary>
    /// <remarks>A waiting job is cancelled at once, a running one within a second, in the middle of an epoch. What it learned is thrown away.</remarks>
    /// <param name="id">The job's id.</param>
    /// <param name="store">Changes the job.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="202">The job is cancelled or about to be.</response>
    /// <response code="404">There is no such job.</response>
    /// <response code="409">The job is over already.</response>
    private static async Task<Accepted<JobResponse>> CancelAsync(string id, JobStore store, JobReader jobs, CancellationToken cancellation)
    {
        (bool taken, TrainingJob job) = await store.AdvanceAsync(JobId.Parse(id), new JobChange((job, now) => job.RequestCancel(now)));
        return taken
            ? TypedResults.Accepted($"/jobs/{job.Id}", JobResponse.From(await jobs.GetAsync(job.Id, cancellation) with { Job = job }))
            : throw new JobFinishedException(job);
    }
}
