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
        jobs.MapDelete("/{id}", DeleteAsync)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Lists jobs, newest first, without their epochs.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="status">Returns only jobs with this status: queued, running, cancelling, succeeded, failed or cancelled.</param>
    /// <param name="after">Returns only jobs older than this one: the id of the last job on the previous page.</param>
    /// <param name="limit" example="20">The number of jobs, from 1 to 100. The default is 20.</param>
    /// <response code="200">A page of jobs.</response>
    /// <response code="400">A parameter is invalid.</response>
    private static async Task<Ok<Page<JobSummaryResponse>>> ListAsync(
        JobReader jobs, CancellationToken cancellation, string? status = null, string? after = null, string? limit = null)
    {
        ValidationErrors errors = new();
        TrainingJobStatus? filter = EnumNames.Parse<TrainingJobStatus>(status, nameof(status), errors);
        Paging paging = Paging.Parse(after, limit, errors);
        errors.ThrowIfAny();
        return TypedResults.Ok((await jobs.ListAsync(filter, paging, cancellation)).Select(JobSummaryResponse.From));
    }

    /// <summary>Returns a job with its completed epochs.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="200">The job.</response>
    /// <response code="404">The job does not exist.</response>
    private static async Task<Ok<JobResponse>> GetAsync(string id, JobReader jobs, CancellationToken cancellation) =>
        TypedResults.Ok(JobResponse.From(await jobs.GetAsync(JobId.Parse(id), cancellation)));

    /// <summary>Cancels a job.</summary>
    /// <remarks>A queued job is cancelled immediately, a running one within two seconds, even during an epoch. It can be resumed after its last completed epoch.</remarks>
    /// <param name="id">The job's id.</param>
    /// <param name="store">The job store.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="202">The job is cancelled or will be shortly.</response>
    /// <response code="404">The job does not exist.</response>
    /// <response code="409">The job has already finished.</response>
    private static async Task<Accepted<JobResponse>> CancelAsync(string id, JobStore store, JobReader jobs, CancellationToken cancellation)
    {
        (bool applied, TrainingJob job) = await store.AdvanceAsync(JobId.Parse(id), new JobChange((job, now) => job.RequestCancel(now)));
        return applied
            ? TypedResults.Accepted($"/jobs/{job.Id}", JobResponse.From(await jobs.GetAsync(job.Id, cancellation) with { Job = job }))
            : throw new JobFinishedException(job);
    }

    /// <summary>Deletes a finished job with its events. Its model remains.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="store">The job store.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <response code="204">The job is deleted.</response>
    /// <response code="404">The job does not exist.</response>
    /// <response code="409">The job has not finished. Cancel it first.</response>
    private static async Task<NoContent> DeleteAsync(string id, JobStore store, CancellationToken cancellation)
    {
        await store.DeleteAsync(JobId.Parse(id), cancellation);
        return TypedResults.NoContent();
    }
}
