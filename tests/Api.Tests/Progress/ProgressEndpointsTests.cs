using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RnnService.Api.Tests.Jobs;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Progress;

public sealed class ProgressEndpointsTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task The_stream_has_the_job_then_every_epoch_then_the_result()
    {
        string job = await service.StartTrainingAsync(Service.QuickTraining);

        List<SseItem<string>> events = await service.WatchAsync(job).ToListAsync();

        Assert.Equal("status", events[0].EventType);
        Assert.Equal(["1:epoch", "2:epoch", "3:succeeded"], Logged(events));
        Assert.Equal([1, 2], events.Where(item => item.EventType == "epoch").Select(item => JsonElement.Parse(item.Data).GetProperty("epoch").GetInt32()));
        Assert.Equal((await service.GetAsync(job)).GetRawText(), events[^1].Data);
    }

    [Fact]
    public async Task A_late_subscriber_receives_all_events_and_a_reconnecting_one_the_rest()
    {
        string job = await service.StartTrainingAsync(Service.QuickTraining);
        await service.WatchAsync(job).LastAsync();

        Assert.Equal(["1:epoch", "2:epoch", "3:succeeded"], Logged(await service.WatchAsync(job).ToListAsync()));
        Assert.Equal(["2:epoch", "3:succeeded"], Logged(await service.WatchAsync(job, lastEventId: "1").ToListAsync()));
    }

    [Fact]
    public async Task Reconnecting_after_the_last_event_returns_204()
    {
        string job = await service.StartTrainingAsync(Service.QuickTraining);
        SseItem<string> last = await service.WatchAsync(job).LastAsync();

        using HttpRequestMessage request = new(HttpMethod.Get, $"{job}/progress") { Headers = { { "Last-Event-ID", last.EventId } } };
        using HttpResponseMessage response = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task A_running_job_has_batch_progress_and_an_estimated_finish_time()
    {
        string job = await service.StartTrainingAsync(Service.EndlessTraining);

        SseItem<string> progress = await service.WatchAsync(job).FirstAsync(item => item.EventType == "progress" && JsonElement.Parse(item.Data).GetProperty("batch").GetInt32() > 0);
        JsonElement shown = JsonElement.Parse(progress.Data);
        JsonElement running = await service.GetAsync(job);
        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{job}/cancel", content: null);

        Assert.Null(progress.EventId);
        Assert.Equal((1, 1000, 550), (shown.GetProperty("epoch").GetInt32(), shown.GetProperty("epochs").GetInt32(), shown.GetProperty("batches").GetInt32()));
        Assert.True(shown.GetProperty("imagesPerSecond").GetDouble() > 0);
        Assert.True(running.GetProperty("estimatedFinishAt").GetDateTime() > running.GetProperty("startedAt").GetDateTime());
    }

    [Fact]
    public async Task The_event_list_has_the_same_events_with_paging()
    {
        string job = await service.StartTrainingAsync(Service.QuickTraining);
        List<SseItem<string>> streamed = [.. (await service.WatchAsync(job).ToListAsync()).Where(item => item.EventId is not null)];

        JsonElement first = await service.GetAsync($"{job}/events?limit=2");
        JsonElement rest = await service.GetAsync($"{job}/events?after=2");

        JsonElement[] listed = [.. first.GetProperty("data").EnumerateArray(), .. rest.GetProperty("data").EnumerateArray()];
        Assert.Equal(Logged(streamed), listed.Select(entry => $"{entry.GetProperty("sequence").GetInt64()}:{entry.GetProperty("type").GetString()}"));
        Assert.Equal(streamed.Select(item => item.Data), listed.Select(entry => entry.GetProperty("data").GetRawText()));
        Assert.Equal((true, false), (first.GetProperty("hasMore").GetBoolean(), rest.GetProperty("hasMore").GetBoolean()));
    }

    [Theory]
    [InlineData("after=soon", "after: must be the sequence number of an event, not 'soon'.")]
    [InlineData("after=-1", "after: must be the sequence number of an event, not '-1'.")]
    [InlineData("limit=0", "limit: must be a whole number from 1 to 100")]
    public async Task Invalid_query_parameters_are_rejected(string query, string detail)
    {
        string job = await service.StartTrainingAsync(Service.QuickTraining);

        await Problems.AssertAsync(await service.Http.GetAsync($"{job}/events?{query}"), HttpStatusCode.BadRequest, detail);
    }

    [Fact]
    public async Task The_response_has_the_headers_of_an_event_stream()
    {
        string job = await service.StartTrainingAsync(Service.QuickTraining);

        using HttpResponseMessage response = await service.Http.GetAsync($"{job}/progress");

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["no"], response.Headers.GetValues("X-Accel-Buffering"));
    }

    [Fact]
    public async Task An_idle_stream_sends_a_heartbeat_within_15_seconds()
    {
        HeartbeatTimeProvider time = new();
        await using Service quiet = new(new Dictionary<string, string>(), time);
        await quiet.StartTrainingAsync(Service.EndlessTraining);
        string waiting = await quiet.StartTrainingAsync(Service.QuickTraining);
        await using IAsyncEnumerator<SseItem<string>> events = quiet.WatchAsync(waiting).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());

        await time.HeartbeatTimerSet.WaitAsync();
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("heartbeat", events.Current.EventType);
        Assert.Null(events.Current.EventId);
    }

    [Fact]
    public async Task An_event_whose_commit_reported_a_fault_arrives_with_the_next_heartbeat()
    {
        HeartbeatTimeProvider time = new();
        FailedCommit fault = new();
        await using Service quiet = new(new Dictionary<string, string>(), time, services => services.AddSingleton<IInterceptor>(fault));
        string running = await quiet.StartTrainingAsync(Service.EndlessTraining);
        while ((await quiet.GetAsync(running)).GetProperty("status").GetString() != "running")
        {
        }

        string waiting = await quiet.StartTrainingAsync(Service.QuickTraining);
        await using IAsyncEnumerator<SseItem<string>> events = quiet.WatchAsync(waiting).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        await time.HeartbeatTimerSet.WaitAsync();

        // The job is cancelled, but neither the client nor the subscribers are told.
        fault.FailNext();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await quiet.Http.PostAsync($"{waiting}/cancel", content: null)).StatusCode);
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("heartbeat", events.Current.EventType);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("1", "cancelled"), (events.Current.EventId, events.Current.EventType));
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task A_stream_stays_open_while_the_database_fails_and_continues_without_a_gap()
    {
        DatabaseOutage outage = new(TimeProvider.System);
        await using Service service = new(new Dictionary<string, string>(), TimeProvider.System, services => services.AddSingleton<IInterceptor>(outage.Commands));
        string job = await service.StartTrainingAsync("""{"epochs": 20, "hiddenSize": 4, "trainingImages": 2000}""");
        List<SseItem<string>> events = [];

        await foreach (SseItem<string> item in service.WatchAsync(job))
        {
            events.Add(item);
            if (item.EventId == "3")
            {
                outage.Plan(after: 0, lasting: TimeSpan.FromSeconds(2));
            }
        }

        Assert.True(outage.Failures > 0);
        Assert.Equal([.. Enumerable.Range(1, 20).Select(epoch => $"{epoch}:epoch"), "21:succeeded"], Logged(events));
    }

    [Fact]
    public async Task Batch_progress_is_sent_at_most_four_times_per_second()
    {
        // The fake time does not advance, so a subscriber may receive at most one progress event.
        await using Service frozen = new(new Dictionary<string, string>(), new FakeTimeProvider());
        string job = await frozen.StartTrainingAsync("""{"epochs": 20, "hiddenSize": 4, "trainingImages": 200}""");

        List<SseItem<string>> events = await frozen.WatchAsync(job).ToListAsync();

        Assert.Equal(20, events.Count(item => item.EventType == "epoch"));
        Assert.InRange(events.Count(item => item.EventType == "progress"), 0, 1);
    }

    [Fact]
    public async Task The_stream_ends_with_the_last_event()
    {
        using TemporaryDirectory directory = new();
        await using Service watched = new(Database.In(directory), TimeProvider.System);
        string job = await watched.StartTrainingAsync(Service.QuickTraining);
        await watched.WatchAsync(job).LastAsync();

        // Simulates a reader that reads the job just before it ends and its event log just after.
        Database.Execute(directory, "UPDATE jobs SET status = 'Running'; INSERT INTO job_leases SELECT id, attempt, '2999-01-01 00:00:00', 0, 0, 0, 0, 0 FROM jobs");

        Assert.Equal(["status", "epoch", "epoch", "succeeded"], (await watched.WatchAsync(job).Take(5).ToListAsync()).Select(item => item.EventType));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("999")]
    public async Task An_invalid_Last_Event_ID_is_rejected(string id)
    {
        string job = await service.StartTrainingAsync(Service.QuickTraining);
        using HttpRequestMessage request = new(HttpMethod.Get, $"{job}/progress") { Headers = { { "Last-Event-ID", id } } };

        await Problems.AssertAsync(await service.Http.SendAsync(request), HttpStatusCode.BadRequest, "Last-Event-ID: ");
    }

    private static IEnumerable<string> Logged(IEnumerable<SseItem<string>> events) =>
        events.Where(item => item.EventId is not null).Select(item => $"{item.EventId}:{item.EventType}");
}
