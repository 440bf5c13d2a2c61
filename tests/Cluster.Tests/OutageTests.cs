using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>PostgreSQL is stopped and started again while the service runs.</summary>
[Collection(nameof(UsesAllCores))]
public sealed class OutageTests(UndisturbedTraining undisturbed)
{
    [Fact]
    public async Task A_training_continues_during_an_outage_and_ends_with_the_weights_of_the_embedded_database()
    {
        PostgresInstallation.SkipIfMissing();
        await using PostgresServer server = await PostgresServer.StartNewAsync();
        await using ServiceProcess service = await Node.StartAsync(await server.CreateDatabaseAsync());
        string firstJob = await service.Http.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 8, "trainingImages": 200}""");
        await service.Http.EndOfAsync(firstJob);

        string job = await service.Http.StartTrainingAsync(UndisturbedTraining.Request);
        using EventSourceClient client = new(job);
        Task watching = WatchAsync(client, service);
        await client.KillDelayAsync(new Random(1), kill: 0);
        await server.StopAsync();

        // Longer than an epoch, so that the worker needs the database.
        byte[] digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));
        DateTime end = DateTime.UtcNow + Outage.OrFull(TimeSpan.FromSeconds(5));
        while (DateTime.UtcNow < end)
        {
            using HttpResponseMessage answer = await service.Http.PredictAsync(digit);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.Http.GetAsync("/health/ready")).StatusCode);
        await AssertUnavailableAsync(await service.Http.GetAsync("/jobs"));
        await AssertUnavailableAsync(await service.Http.PostAsJsonAsync("/train", new { epochs = 1 }));

        await server.StartAsync();
        await watching;

        Assert.Equal([.. Enumerable.Range(1, UndisturbedTraining.Epochs).Select(epoch => $"{epoch}:epoch{epoch}"), $"{UndisturbedTraining.Epochs + 1}:succeeded"], client.Received);
        JsonElement ended = await service.Http.GetJsonAsync(job);
        Assert.Equal((1, "succeeded"), (ended.GetProperty("attempt").GetInt32(), ended.GetProperty("status").GetString()));
        Assert.Equal(await undisturbed.Sha256Async(), await service.Http.Sha256Async(ended.GetProperty("modelId").GetString()!));
        await Node.WaitUntilReadyAsync(service);
    }

    /// <summary>Reconnects, as a browser does, until the job is over.</summary>
    private static async Task WatchAsync(EventSourceClient client, ServiceProcess service)
    {
        while (!client.IsOver)
        {
            await client.WatchAsync(service.Http);
            await Task.Delay(200);
        }
    }

    /// <summary>Asserts that a response says that the database is away, without the database's own text.</summary>
    private static async Task AssertUnavailableAsync(HttpResponseMessage response)
    {
        using (response)
        {
            JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.StartsWith("The database is not available.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.NotNull(response.Headers.RetryAfter);
        }
    }
}
