using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Acceptance;

/// <summary>The service in a separate process, killed with SIGKILL and restarted with the same data directory.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 20;
    // Long enough for all kills: of three, two come within two epochs each, and one shortly after three.
    private const string Training = """{"epochs": 60, "hiddenSize": 64, "dataset": "small"}""";

    private readonly TemporaryDirectory directory = new();
    private readonly Random random = new(2026);

    public KillTests() => SmallDataset.Write(directory.Path, trainingImages: 2_400, testImages: 100);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_job_killed_20_times_ends_with_the_same_weights_as_an_uninterrupted_job()
    {
        string reference, referenceModel, killed;
        await using (ServiceProcess service = await StartAsync())
        {
            reference = await service.Http.StartTrainingAsync(Training);
            JsonElement job = await service.Http.EndOfAsync(reference);
            referenceModel = job.GetProperty("modelId").GetString()!;
            killed = await service.Http.StartTrainingAsync(Training);
        }

        using EventSourceClient client = new(killed);
        for (int kill = 0; kill < Kills; kill++)
        {
            await using ServiceProcess service = await StartAsync();
            Task watching = client.WatchAsync(service.Http);
            Task predicting = PredictAsync(service.Http, referenceModel);
            Task delay = DelayAsync(client, kill);
            Assert.True(await Task.WhenAny(delay, watching) == delay, $"The stream ended before kill {kill + 1} of {Kills}.");
            await delay;
            Assert.False(client.IsOver, $"The job ended before it was killed {Kills} times.");
            service.Kill();
            await Task.WhenAll(watching, predicting);
        }

        await using ServiceProcess last = await StartAsync();
        await client.WatchAsync(last.Http);

        Assert.Equal([.. Enumerable.Range(1, 60).Select(epoch => $"{epoch}:epoch{epoch}"), "61:succeeded"], client.Received);
        JsonElement ended = await last.Http.GetFromJsonAsync<JsonElement>(killed);
        Assert.InRange(ended.GetProperty("attempt").GetInt32(), 2, Kills + 2);
        Assert.Equal(Enumerable.Range(1, 60), ended.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        Assert.Equal(await last.Http.Sha256Async(referenceModel), await last.Http.Sha256Async(ended.GetProperty("modelId").GetString()!));
    }

    [Fact]
    public async Task One_hundred_queued_jobs_finish_in_order_after_the_service_is_killed()
    {
        List<string> jobs = [];
        await using (ServiceProcess service = await StartAsync())
        {
            for (int seed = 0; seed < 100; seed++)
            {
                jobs.Add(await service.Http.StartTrainingAsync($$"""{"epochs": 2, "hiddenSize": 16, "dataset": "small", "trainingImages": 200, "seed": {{seed}}}"""));
            }

            await service.Http.EndOfAsync(jobs[2]);
            service.Kill();
        }

        await using ServiceProcess restarted = await StartAsync();
        await restarted.Http.EndOfAsync(jobs[^1]);

        JsonElement[] ended = await Task.WhenAll(jobs.Select(job => restarted.Http.GetFromJsonAsync<JsonElement>(job)));
        Assert.All(ended, job => Assert.Equal("succeeded", job.GetProperty("status").GetString()));
        DateTime[] finished = [.. ended.Select(job => job.GetProperty("finishedAt").GetDateTime())];
        Assert.Equal(finished.Order(), finished);
        Assert.InRange(ended.Sum(job => job.GetProperty("attempt").GetInt32()), 100, 101);
        Assert.Equal(100, ended.Select(job => job.GetProperty("modelId").GetString()).Distinct().Count());
    }

    private async Task DelayAsync(EventSourceClient client, int kill) => await Task.Delay(await client.KillDelayAsync(random, kill));

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(
        DotnetCommand.Executable, ServiceProcess.Program, $"--Storage:Directory={directory.File("data")}", $"--Datasets:small:Directory={directory.Path}");

    /// <summary>Sends predictions until the service is killed, and asserts that all are answered by the given model.</summary>
    private static async Task PredictAsync(HttpClient http, string model)
    {
        byte[] digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));
        while (true)
        {
            HttpResponseMessage response;
            try
            {
                response = await http.PostAsync("/predict", Requests.Body(digit, "image/png"));
            }
            catch (HttpRequestException)
            {
                return;
            }

            JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((HttpStatusCode.OK, model), (response.StatusCode, answer.GetProperty("model").GetProperty("id").GetString()));

            // The training only gets the processor when nothing else wants it.
            await Task.Delay(10);
        }
    }
}
