using System.Net;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>The service with PostgreSQL behaves as with the embedded database.</summary>
public sealed class OneProcessTests(SharedPostgres postgres)
{
    private const string Quick = """{"epochs": 2, "hiddenSize": 16, "trainingImages": 500}""";

    [Fact]
    public async Task A_model_is_trained_listed_downloaded_and_pinned_and_answers_also_after_a_restart()
    {
        string database = await postgres.CreateDatabaseAsync();
        byte[] digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));
        string first, second, before;
        await using (ServiceProcess service = await Node.StartAsync(database))
        {
            first = await TrainAsync(service.Http);
            second = await TrainAsync(service.Http);
            Assert.Equal([second, first], await IdsAsync(service.Http, "/models"));
            Assert.Equal(2, (await service.Http.GetJsonAsync("/jobs?status=succeeded")).GetProperty("data").GetArrayLength());
            Assert.Single(await IdsAsync(service.Http, "/models?limit=1"));

            byte[] weights = await service.Http.GetByteArrayAsync($"/models/{first}/weights.safetensors");
            Assert.Equal(await service.Http.Sha256Async(first), Convert.ToHexStringLower(SHA256.HashData(weights)));
            Assert.Equal(weights[100..300], await RangeAsync(service.Http, $"/models/{first}/weights.safetensors", 100, 299));

            using HttpResponseMessage pinned = await service.Http.PutAsync("/models/active", new StringContent($$"""{"id": "{{first}}"}""", System.Text.Encoding.UTF8, "application/json"));
            Assert.Equal(HttpStatusCode.OK, pinned.StatusCode);
            before = await AnswerAsync(service.Http, digit);
        }

        await using ServiceProcess restarted = await Node.StartAsync(database);
        Assert.Equal(first, (await restarted.Http.GetJsonAsync("/models/active")).GetProperty("id").GetString());
        Assert.Equal(before, await AnswerAsync(restarted.Http, digit));

        Assert.Equal(HttpStatusCode.NoContent, (await restarted.Http.DeleteAsync($"/models/{second}")).StatusCode);
        Assert.Equal([first], await IdsAsync(restarted.Http, "/models"));
        Assert.Equal(0L, await PostgresServer.ExecuteAsync(database, $"SELECT count(*) FROM model_weights WHERE model_id = '{second}'"));
        Assert.Equal("e", await PostgresServer.ExecuteAsync(database, "SELECT attstorage::text FROM pg_attribute WHERE attrelid = 'model_weights'::regclass AND attname = 'content'"));
    }

    [Fact]
    public async Task A_cancelled_job_is_resumed_after_its_last_epoch_and_deleted_with_its_events()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database);
        string job = await service.Http.StartTrainingAsync("""{"epochs": 6, "hiddenSize": 64, "trainingImages": 3000}""");
        await using (Stream stream = await service.Http.GetStreamAsync($"{job}/progress"))
        {
            await SseParser.Create(stream).EnumerateAsync().FirstAsync(item => item.EventType == "epoch");
        }

        Assert.Equal(HttpStatusCode.Conflict, (await service.Http.DeleteAsync(job)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await service.Http.PostAsync($"{job}/cancel", null)).StatusCode);
        Assert.Equal("cancelled", Status(await service.Http.EndOfAsync(job)));
        Assert.Equal(HttpStatusCode.Accepted, (await service.Http.PostAsync($"{job}/resume", null)).StatusCode);
        JsonElement ended = await service.Http.EndOfAsync(job);

        Assert.Equal("succeeded", Status(ended));
        Assert.Equal(Enumerable.Range(1, 6), ended.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        JsonElement[] events = [.. (await service.Http.GetJsonAsync($"{job}/events?limit=100")).GetProperty("data").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, 9), events.Select(entry => entry.GetProperty("sequence").GetInt32()));
        Assert.Equal(["cancelled", "resumed", "succeeded"], events.Select(entry => entry.GetProperty("type").GetString()).Where(type => type != "epoch"));

        Assert.Equal(HttpStatusCode.NoContent, (await service.Http.DeleteAsync(job)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync(job)).StatusCode);
        Assert.Equal(0L, await PostgresServer.ExecuteAsync(database, "SELECT (SELECT count(*) FROM job_events) + (SELECT count(*) FROM job_checkpoints)"));
    }

    [Fact]
    public async Task Concurrent_requests_add_one_job_per_idempotency_key_and_none_fails()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database);

        Task<string[]> without = Task.WhenAll(Enumerable.Range(0, 60).Select(_ => service.Http.StartTrainingAsync("""{"epochs": 1000}""")));
        string[] jobs = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => service.Http.StartTrainingAsync("""{"epochs": 1000}""", idempotencyKey: $"key{i % 6}")));

        Assert.Equal(6, jobs.Distinct().Count());
        Assert.All(Enumerable.Range(0, 60), i => Assert.Equal(jobs[i % 6], jobs[i]));
        Assert.Equal(60, (await without).Distinct().Count());
        Assert.Equal(66L, await PostgresServer.ExecuteAsync(database, "SELECT count(*) FROM jobs"));
    }

    private static async Task<string> TrainAsync(HttpClient http)
    {
        JsonElement job = await http.EndOfAsync(await http.StartTrainingAsync(Quick));
        Assert.Equal("succeeded", Status(job));
        return job.GetProperty("modelId").GetString()!;
    }

    private static async Task<string> AnswerAsync(HttpClient http, byte[] digit)
    {
        using HttpResponseMessage response = await http.PredictAsync(digit);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<byte[]> RangeAsync(HttpClient http, string path, int from, int to)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path) { Headers = { Range = new(from, to) } };
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<string[]> IdsAsync(HttpClient http, string path) =>
        [.. (await http.GetJsonAsync(path)).GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private static string Status(JsonElement job) => job.GetProperty("status").GetString()!;
}
