using System.Net;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>PostgreSQL is stopped and started again while two nodes train, serve and stream.</summary>
[Collection(nameof(UsesAllCores))]
public sealed class TwoNodesOutageTests
{
    private const int Epochs = 12;
    private const string Training = """{"epochs": 12, "hiddenSize": 128, "dataset": "small"}""";

    [Fact]
    public async Task Streams_stay_open_predictions_continue_and_no_event_is_lost()
    {
        PostgresInstallation.SkipIfMissing();
        await using PostgresServer server = await PostgresServer.StartNewAsync();
        string database = await server.CreateDatabaseAsync();
        await using TwoNodes nodes = await TwoNodes.StartAsync(database);
        byte[] digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));
        await nodes.A.Http.EndOfAsync(await nodes.A.Http.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 8, "dataset": "small"}"""));
        while ((await nodes.B.Http.PredictAsync(digit)).StatusCode != HttpStatusCode.OK)
        {
        }

        string job = await nodes.A.Http.StartTrainingAsync(Training);
        EventSourceClient[] clients = [new(job), new(job)];
        Task watching = Task.WhenAll(clients[0].WatchAsync(nodes.A.Http), clients[1].WatchAsync(nodes.B.Http));
        await clients[1].KillDelayAsync(new Random(1), kill: 0);
        await server.StopAsync();
        Task<ServiceProcess> starting = Node.StartAsync(database, "--Service:Roles=api");

        DateTime end = DateTime.UtcNow + Outage.OrFull(TimeSpan.FromSeconds(12));
        while (DateTime.UtcNow < end)
        {
            foreach (ServiceProcess node in (ServiceProcess[])[nodes.A, nodes.B])
            {
                using HttpResponseMessage answer = await node.Http.PredictAsync(digit);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nodes.B.Http.GetAsync("/health/ready")).StatusCode);
        Assert.False(watching.IsCompleted);
        Assert.False(starting.IsCompleted);
        await server.StartAsync();
        await using ServiceProcess started = await starting;
        await watching;

        string[] expected = [.. Enumerable.Range(1, Epochs).Select(epoch => $"{epoch}:epoch{epoch}"), $"{Epochs + 1}:succeeded"];
        Assert.All(clients, client => Assert.Equal(expected, client.Received));
        await Task.WhenAll(Node.WaitUntilReadyAsync(nodes.A), Node.WaitUntilReadyAsync(nodes.B), Node.WaitUntilReadyAsync(started));
    }
}
