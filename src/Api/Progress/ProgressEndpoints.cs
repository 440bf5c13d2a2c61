using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Hosting;
using RnnService.Api.Jobs;

namespace RnnService.Api.Progress;

internal static class ProgressEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapProgress(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder job = app.MapGroup("/jobs/{id}").WithTags("Jobs");

        job.MapGet("/progress", Watch)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        job.MapGet("/events", List)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Streams a job's epochs as they happen (server-sent events).</summary>
    /// <remarks>
    /// First a `status` event with the job; then every `epoch` from the first, with `progress` to the batch at most four times a
    /// second; at last `succeeded`, `failed` or `cancelled` with the job, after which the stream ends. A `heartbeat` keeps quiet
    /// stretches alive. Best watched with `curl -N` or a browser's EventSource: Swagger UI shows the stream when it has ended.
    /// </remarks>
    /// <param name="id">The job's id.</param>
    /// <param name="http">The request.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="stream">Tells of the job.</param>
    /// <param name="lifetime">The service's.</param>
    /// <param name="lastEventId">Goes on after the event of this id; a browser sends it when it reconnects.</param>
    /// <response code="200">The events.</response>
    /// <response code="204">The job is over, and the event of that id was the last.</response>
    /// <response code="400">Last-Event-ID is no event's id.</response>
    /// <response code="404">There is no such job.</response>
    private static Results<ServerSentEventsResult<string>, NoContent> Watch(
        string id,
        HttpContext http,
        JobStore jobs,
        ProgressStream stream,
        IHostApplicationLifetime lifetime,
        [FromHeader(Name = LastEventId)] string? lastEventId = null)
    {
        long after = Sequence(lastEventId);
        (TrainingJob job, IReadOnlyList<JobEvent> events) = jobs.Read(JobId.Parse(id), after, LastEventId);
        if (lastEventId is not null && job.IsOver && events.Count == 0)
        {
            return TypedResults.NoContent();
        }

        http.Response.Headers["X-Accel-Buffering"] = "no";

        // An open stream would hold up a stop of the service: it ends when that begins.
        CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(over);
        return TypedResults.ServerSentEvents(stream.ReadAsync(job.Id, after, over.Token));
    }

    /// <summary>Lists a job's events, oldest first: what the stream tells, as JSON.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="after" example="0">Only events after the one of this sequence number; 0 when left out.</param>
    /// <param name="limit" example="20">How many, from 1 to 100; 20 when left out.</param>
    /// <response code="200">A page of events.</response>
    /// <response code="400">A parameter is not as it should be.</response>
    /// <response code="404">There is no such job.</response>
    private static Ok<Page<JobEventResponse>> List(string id, JobStore jobs, string? after = null, string? limit = null)
    {
        RequestFaults faults = new();
        int size = Paging.ParseLimit(limit, faults);
        if (!TryParseSequence(after, out long sequence))
        {
            faults.Add(nameof(after), $"must be the sequence number of an event, not '{after}'.");
        }

        faults.ThrowIfAny();
        return TypedResults.Ok(Page<JobEvent>.Of(jobs.Read(JobId.Parse(id), sequence).Events, size).Select(JobEventResponse.From));
    }

    private static long Sequence(string? lastEventId) => TryParseSequence(lastEventId, out long sequence)
        ? sequence
        : throw new InvalidRequestException(LastEventId, $"must be the id of an event of this stream, not '{lastEventId}'. Leave it out to hear everything.");

    private static bool TryParseSequence(string? text, out long sequence)
    {
        sequence = 0;
        return string.IsNullOrEmpty(text) || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}
