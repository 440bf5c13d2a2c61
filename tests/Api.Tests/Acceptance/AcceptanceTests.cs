using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Model.Data;
using RnnService.Testing;

namespace RnnService.Api.Tests.Acceptance;

/// <summary>The service in a separate process, called over HTTP: started with `dotnet run`, and as published by `dotnet publish`.</summary>
public sealed class AcceptanceTests : IDisposable
{
    private static readonly string Project = Path.Combine(Repository.Root, "src", "Api");

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Training_streams_every_epoch_and_predictions_reach_the_reported_test_accuracy()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(DotnetCommand.Executable, "run", "--project", Project, "-c", "Release", $"--Storage:Directory={directory.File("data")}");
        HttpClient http = service.Http;

        using HttpResponseMessage train = await http.PostAsJsonAsync("/train", new { preset = "fast", hiddenSize = 64, epochs = 2, trainingImages = 10_000, seed = 1 });
        Assert.Equal(HttpStatusCode.Accepted, train.StatusCode);
        List<SseItem<string>> events = await WatchAsync(http, $"{train.Headers.Location}/progress").ToListAsync();

        Assert.Equal("status", events[0].EventType);
        Assert.Equal(["epoch", "epoch", "succeeded"], events.Where(item => item.EventId is not null).Select(item => item.EventType));
        JsonElement job = JsonElement.Parse(events[^1].Data);
        double accuracy = job.GetProperty("testAccuracy").GetDouble();
        Assert.InRange(accuracy, 0.85, 1);

        DigitDataset test = Mnist.Data.Test;
        int correct = 0;
        await Parallel.ForAsync(0, test.Count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            JsonElement answer = await PredictAsync(http, Requests.Body(PngWriter.Gray(test.Pixels(i)), "image/png"));
            Assert.Equal(job.GetProperty("modelId").GetString(), answer.GetProperty("model").GetProperty("id").GetString());
            if (answer.GetProperty("digit").GetInt32() == test.Labels[i])
            {
                Interlocked.Increment(ref correct);
            }
        });
        Assert.Equal(accuracy, (double)correct / test.Count);

        byte[] seven = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "docs", "seven.png"));
        Assert.Equal(7, (await PredictAsync(http, Requests.Form(seven))).GetProperty("digit").GetInt32());
        Assert.Contains("Hangfire", await http.GetStringAsync("/hangfire"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_service_stops_on_SIGTERM_during_training_with_an_open_event_stream()
    {
        Assert.SkipWhen(ServiceProcess.Published is null, "RNN_SERVICE is not set to the folder of the published service. Run ./test.sh, which publishes it.");
        await using ServiceProcess service = await ServiceProcess.StartAsync(Path.Combine(ServiceProcess.Published, "RnnService.Api"), $"--Storage:Directory={directory.File("data")}");
        HttpClient http = service.Http;

        while ((await http.GetAsync("/health/ready")).StatusCode != HttpStatusCode.OK)
        {
        }

        using HttpResponseMessage train = await http.PostAsJsonAsync("/train", new { epochs = 1_000 });
        await using IAsyncEnumerator<SseItem<string>> events = WatchAsync(http, $"{train.Headers.Location}/progress").GetAsyncEnumerator();
        while (await events.MoveNextAsync() && events.Current.EventType != "progress")
        {
        }

        Task<int> exitCode = service.StopAsync();
        while (await events.MoveNextAsync())
        {
            Assert.DoesNotContain(events.Current.EventType, new[] { "succeeded", "failed", "cancelled" });
        }

        Assert.Equal(0, await exitCode);
    }

    private static async IAsyncEnumerable<SseItem<string>> WatchAsync(HttpClient http, string path)
    {
        await using Stream stream = await http.GetStreamAsync(path);
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
        {
            yield return item;
        }
    }

    private static async Task<JsonElement> PredictAsync(HttpClient http, HttpContent image)
    {
        using HttpResponseMessage response = await http.PostAsync("/predict", image);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
