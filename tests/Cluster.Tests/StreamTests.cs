using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>Every node streams the progress of every job, whichever node trains it.</summary>
public sealed class StreamTests(SharedPostgres postgres)
{
    private const int Epochs = 12;
    private const string Training = """{"epochs": 12, "hiddenSize": 128, "dataset": "small"}""";
    private const string EndlessTraining = """{"epochs": 1000}""";

    private static readonly string[] AllEvents = [.. Enumerable.Range(1, Epochs).Select(epoch => $"{epoch}:epoch{epoch}"), $"{Epochs + 1}:succeeded"];

    [Fact]
    public async Task Both_nodes_stream_every_epoch_once_and_batch_progress()
    {
        await using TwoNodes nodes = await TwoNodes.StartAsync(await postgres.CreateDatabaseAsync());
        string job = await nodes.A.Http.StartTrainingAsync(Training);

        List<SseItem<string>>[] streams = await Task.WhenAll(ReadAsync(nodes.A, job), ReadAsync(nodes.B, job));

        foreach (List<SseItem<string>> events in streams)
        {
            Assert.Equal("status", events[0].EventType);
            Assert.Equal([.. Enumerable.Range(1, Epochs).Select(epoch => $"{epoch}:epoch"), $"{Epochs + 1}:succeeded"], Logged(events));
            Assert.Contains(events, item => item.EventType == "progress");
        }
    }

    [Fact]
    public async Task A_client_continues_at_another_node_with_Last_Event_ID_after_its_node_was_killed()
    {
        await using TwoNodes nodes = await TwoNodes.StartAsync(await postgres.CreateDatabaseAsync());
        string job = await nodes.A.Http.StartTrainingAsync(Training);
        using EventSourceClient client = new(job);
        Task watching = client.WatchAsync(nodes.A.Http);
        await client.KillDelayAsync(new Random(1), kill: 0);

        nodes.A.Kill();
        await watching;
        Assert.False(client.IsOver);
        await client.WatchAsync(nodes.B.Http);

        Assert.Equal(AllEvents, client.Received);
    }

    [Fact]
    public async Task Two_hundred_subscribers_of_two_nodes_receive_every_epoch_once()
    {
        await using TwoNodes nodes = await TwoNodes.StartAsync(await postgres.CreateDatabaseAsync());

        // The first jobs keep the third queued until all subscribers are connected.
        string[] running = [await nodes.A.Http.StartTrainingAsync(EndlessTraining), await nodes.B.Http.StartTrainingAsync(EndlessTraining)];
        string job = await nodes.A.Http.StartTrainingAsync("""{"epochs": 8, "hiddenSize": 8, "dataset": "small"}""");
        using CountdownEvent connected = new(200);
        Task<List<SseItem<string>>>[] subscribers = [.. Enumerable.Range(0, 200).Select(i => ReadAsync(i % 2 == 0 ? nodes.A : nodes.B, job, connected))];
        await Task.Run(connected.Wait);
        foreach (string other in running)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await nodes.A.Http.PostAsync($"{other}/cancel", null)).StatusCode);
        }

        string[] expected = [.. Enumerable.Range(1, 8).Select(epoch => $"{epoch}:epoch"), "9:succeeded"];
        Assert.All(await Task.WhenAll(subscribers), events => Assert.Equal(expected, Logged(events)));
    }

    [Fact]
    public async Task A_job_is_cancelled_at_either_node_during_an_epoch_and_watchers_of_both_are_notified()
    {
        await using TwoNodes nodes = await TwoNodes.StartAsync(await postgres.CreateDatabaseAsync());
        foreach (ServiceProcess node in (ServiceProcess[])[nodes.A, nodes.B])
        {
            // An epoch takes minutes.
            string job = await nodes.A.Http.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 1024}""");
            await using Stream stream = await nodes.B.Http.GetStreamAsync($"{job}/progress");
            IAsyncEnumerator<SseItem<string>> events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
            while (await events.MoveNextAsync() && events.Current.EventType != "progress")
            {
            }

            Task<JsonElement> end = nodes.A.Http.EndOfAsync(job);
            Assert.Equal(HttpStatusCode.Accepted, (await node.Http.PostAsync($"{job}/cancel", null)).StatusCode);

            Assert.Equal("cancelled", (await end.WaitAsync(TimeSpan.FromSeconds(15))).GetProperty("status").GetString());
            while (events.Current.EventType != "cancelled")
            {
                Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15)));
            }
        }
    }

    private static async Task<List<SseItem<string>>> ReadAsync(ServiceProcess node, string job, CountdownEvent? connected = null)
    {
        List<SseItem<string>> events = [];
        await using Stream stream = await node.Http.GetStreamAsync($"{job}/progress");
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
        {
            events.Add(item);
            if (item.EventType == "status")
            {
                connected?.Signal();
            }
        }

        return events;
    }

    private static IEnumerable<string> Logged(IEnumerable<SseItem<string>> events) =>
        events.Where(item => item.EventId is not null).Select(item => $"{item.EventId}:{item.EventType}");
}
