using Microsoft.AspNetCore.Http.HttpResults;
using RnnService.Api.Hosting;
using RnnService.Api.Progress;

namespace RnnService.Api.Jobs;

internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder jobs = app.MapGroup("/jobs").WithTags("Jobs");

        jobs.MapGet("/", List).ProducesProblem(StatusCodes.Status400BadRequest);
        jobs.MapGet("/{id}", Get).ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapPost("/{id}/cancel", Cancel)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Lists jobs, newest first.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="status">Only jobs in this state: queued, running, cancelling, succeeded, failed or cancelled.</param>
    /// <param name="after">Only jobs older than the one of this id: the last one of the page before.</param>
    /// <param name="limit" example="20">How many, from 1 to 100; 20 when left out.</param>
    /// <response code="200">A page of jobs.</response>
    /// <response code="400">A parameter is not as it should be.</response>
    private static Ok<Page<JobResponse>> List(JobStore jobs, string? status = null, string? after = null, string? limit = null)
    {
        RequestFaults faults = new();
        TrainingJobStatus? wanted = EnumWords.Parse<TrainingJobStatus>(status, nameof(status), faults);
        Paging paging = Paging.Parse(after, limit, faults);
        faults.ThrowIfAny();
        return TypedResults.Ok(jobs.List(wanted, paging).Select(JobResponse.From));
    }

    /// <summary>Shows a job with its epochs so far.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="jobs">The jobs.</param>
    /// <response code="200">The job.</response>
    /// <response code="404">There is no such job.</response>
    private static Ok<JobResponse> Get(string id, JobStore jobs) =>
        TypedResults.Ok(JobResponse.From(jobs.Get(JobId.Parse(id))));

    /// <summary>Cancels a job.</summary>
    /// <remarks>A waiting job is cancelled at once, a running one before its next batch. What it learned is thrown away.</remarks>
    /// <param name="id">The job's id.</param>
    /// <param name="jobs">The jobs.</param>
    /// <response code="202">The job is cancelled or about to be.</response>
    /// <response code="404">There is no such job.</response>
    /// <response code="409">The job is over already.</response>
    private static Accepted<JobResponse> Cancel(string id, JobStore jobs)
    {
        (bool taken, TrainingJob job) = jobs.Advance(
            JobId.Parse(id),
            (job, now) => job.RequestCancel(now),
            job => job.IsOver ? JobEventBody.End(job) : null);
        return taken
            ? TypedResults.Accepted($"/jobs/{job.Id}", JobResponse.From(job))
            : throw new JobIsOverException(job);
    }
}
