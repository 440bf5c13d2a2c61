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

        job.MapGet("/progress", WatchAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        job.MapGet("/events", ListAsync)
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
    private static async Task<Results<ServerSentEventsResult<string>, NoContent>> WatchAsync(
        string id,
        HttpContext http,
        JobReader jobs,
        ProgressStream stream,
        IHostApplicationLifetime lifetime,
        [FromHeader(Name = LastEventId)] string? lastEventId = null)
    {
        int after = ParseLastEventId(lastEventId);
        JobLog log = await ReadAsync(jobs, id, after, LastEventId, http.RequestAborted);
        if (lastEventId is not null && log.IsOver && after == log.Events.Count)
        {
            return TypedResults.NoContent();
        }

        http.Response.Headers["X-Accel-Buffering"] = "no";

        // An open stream would hold up a stop of the service: it ends when that begins.
        CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(over);
        return TypedResults.ServerSentEvents(stream.ReadAsync(log.Job.Id, after, over.Token));
    }

    /// <summary>Lists a job's events, oldest first: what the stream tells, as JSON.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">The client left.</param>
    /// <param name="after" example="0">Only events after the one of this sequence number; 0 when left out.</param>
    /// <param name="limit" example="20">How many, from 1 to 100; 20 when left out.</param>
    /// <response code="200">A page of events.</response>
    /// <response code="400">A parameter is not as it should be.</response>
    /// <response code="404">There is no such job.</response>
    private static async Task<Ok<Page<JobEventResponse>>> ListAsync(string id, JobReader jobs, CancellationToken cancellation, string? after = null, string? limit = null)
    {
        RequestFaults faults = new();
        int size = Paging.ParseLimit(limit, faults);
        if (!TryParseSequence(after, out int sequence))
        {
            faults.Add(nameof(after), $"must be the sequence number of an event, not '{after}'.");
        }

        faults.ThrowIfAny();
        JobLog log = await ReadAsync(jobs, id, sequence, nameof(after), cancellation);
        return TypedResults.Ok(Page<JobEvent>.Of(log.Events.Skip(sequence), size).Select(JobEventResponse.From));
    }

    /// <exception cref="InvalidRequestException">The log has no such sequence number.</exception>
    private static async Task<JobLog> ReadAsync(JobReader jobs, string id, int after, string field, CancellationToken cancellation)
    {
        JobLog log = await jobs.GetAsync(JobId.Parse(id), cancellation);
        return after <= log.Events.Count
            ? log
            : throw new InvalidRequestException(field, $"is {after}, but the last event of this job is {log.Events.Count}. Leave it out to hear everything.");
    }

    private static int ParseLastEventId(string? lastEventId) => TryParseSequence(lastEventId, out int sequence)
        ? sequence
        : throw new InvalidRequestException(LastEventId, $"must be the id of an event of this stream, not '{lastEventId}'. Leave it out to hear everything.");

    private static bool TryParseSequence(string? text, out int sequence)
    {
        sequence = 0;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}
