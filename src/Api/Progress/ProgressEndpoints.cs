using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RnnService.Api.Http;
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

    /// <summary>Streams a job's progress as server-sent events.</summary>
    /// <remarks>
    /// The first event is `status` with the job, followed by an `epoch` event for each epoch and `progress` events at most four times a second. The
    /// stream ends after the `succeeded`, `failed` or `cancelled` event with which the job ended. After an earlier one of these, a resumed job has a `resumed` event. A `heartbeat` event keeps idle connections open. Use
    /// `curl -N` or a browser's EventSource: Swagger UI shows the events only when the stream has ended.
    /// </remarks>
    /// <param name="id">The job's id.</param>
    /// <param name="http">The request.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="stream">The event stream.</param>
    /// <param name="lifetime">The lifetime of the service.</param>
    /// <param name="lastEventId">Resumes the stream after the event with this id. Browsers send it when they reconnect.</param>
    /// <response code="200">The events.</response>
    /// <response code="204">The job has finished, and the event with this id was the last.</response>
    /// <response code="400">Last-Event-ID is not the id of an event.</response>
    /// <response code="404">The job does not exist.</response>
    private static async Task<Results<ServerSentEventsResult<string>, NoContent>> WatchAsync(
        string id,
        HttpContext http,
        JobReader jobs,
        ProgressStream stream,
        IHostApplicationLifetime lifetime,
        [FromHeader(Name = LastEventId)] string? lastEventId = null)
    {
        int after = ParseLastEventId(lastEventId);
        JobSnapshot snapshot = await ReadAsync(jobs, id, after, LastEventId, http.RequestAborted);
        if (lastEventId is not null && snapshot.IsTerminal && after == snapshot.Events.Count)
        {
            return TypedResults.NoContent();
        }

        http.Response.Headers["X-Accel-Buffering"] = "no";

        // Open streams would delay shutdown, so they end when shutdown begins.
        CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(ended);
        return TypedResults.ServerSentEvents(stream.ReadAsync(snapshot.Job.Id, after, ended.Token));
    }

    /// <summary>Lists a job's events, oldest first: the same events as in the stream, as JSON.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <param name="after" example="0">Returns only events after this sequence number. The default is 0.</param>
    /// <param name="limit" example="20">The number of events, from 1 to 100. The default is 20.</param>
    /// <response code="200">A page of events.</response>
    /// <response code="400">A parameter is invalid.</response>
    /// <response code="404">The job does not exist.</response>
    private static async Task<Ok<Page<JobEventResponse>>> ListAsync(string id, JobReader jobs, CancellationToken cancellation, string? after = null, string? limit = null)
    {
        ValidationErrors errors = new();
        int size = Paging.ParseLimit(limit, errors);
        if (!TryParseSequence(after, out int sequence))
        {
            errors.Add(nameof(after), $"must be the sequence number of an event, not '{after}'.");
        }

        errors.ThrowIfAny();
        JobSnapshot snapshot = await ReadAsync(jobs, id, sequence, nameof(after), cancellation);
        return TypedResults.Ok(Page<JobEvent>.Of(snapshot.Events.Skip(sequence), size).Select(entry => JobEventResponse.From(snapshot, entry)));
    }

    /// <exception cref="InvalidRequestException">The log does not have this sequence number.</exception>
    private static async Task<JobSnapshot> ReadAsync(JobReader jobs, string id, int after, string field, CancellationToken cancellation)
    {
        JobSnapshot snapshot = await jobs.GetAsync(JobId.Parse(id), cancellation);
        return after <= snapshot.Events.Count
            ? snapshot
            : throw new InvalidRequestException(field, $"is {after}, but the last event of this job is {snapshot.Events.Count}. Omit it to get all events.");
    }

    private static int ParseLastEventId(string? lastEventId) => TryParseSequence(lastEventId, out int sequence)
        ? sequence
        : throw new InvalidRequestException(LastEventId, $"must be the id of an event of this stream, not '{lastEventId}'. Omit it to get all events.");

    private static bool TryParseSequence(string? text, out int sequence)
    {
        sequence = 0;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}
