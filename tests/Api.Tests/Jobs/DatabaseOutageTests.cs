using System.Globalization;
using System.Net;
using System.Text.Json;

namespace RnnService.Api.Tests.Jobs;

/// <summary>
/// The database fails for 1, 10 or 30 seconds, beginning at any call that a running training makes. The number of outages is small by default; RNN_OUTAGES=all begins one at
/// every call.
/// </summary>
public sealed class DatabaseOutageTests : IAsyncDisposable
{
    private const string Training = """{"epochs": 3, "hiddenSize": 8, "dataset": "small"}""";

    private readonly ServiceWithOutage setup = new(trainingImages: 360);

    private DatabaseOutage Outage => setup.Outage;

    private Service Service => setup.Service;

    public ValueTask DisposeAsync() => setup.DisposeAsync();

    [Fact]
    public async Task A_training_succeeds_with_the_same_weights_whenever_the_database_fails()
    {
        Outage.Plan(after: -1, lasting: TimeSpan.Zero);
        JsonElement reference = await RunAsync();
        string sha256 = await Sha256Async(reference);
        int calls = Outage.Calls;
        Random random = new(2026);
        int[] starts = Environment.GetEnvironmentVariable("RNN_OUTAGES") == "all"
            ? [.. Enumerable.Range(0, calls)]
            : [.. Enumerable.Range(0, calls).OrderBy(_ => random.Next()).Take(8)];

        foreach (int start in starts)
        {
            foreach (int seconds in (int[])[1, 10, 30])
            {
                Outage.Plan(start, TimeSpan.FromSeconds(seconds));
                JsonElement job = await RunAsync();
                string situation = string.Create(CultureInfo.InvariantCulture, $"{seconds} s from call {start} of about {calls}: {job.GetRawText()}");

                Assert.True(job.GetProperty("status").GetString() == "succeeded", situation);
                Assert.Equal([1, 2, 3], job.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()));
                Assert.True(await Sha256Async(job) == sha256, situation);
            }
        }
    }

    [Fact]
    public async Task Requests_fail_promptly_during_an_outage_and_can_be_repeated()
    {
        Outage.Plan(after: 0, lasting: TimeSpan.FromDays(1));
        await Problems.AssertAsync(await Service.PostJsonAsync("/train", Training), HttpStatusCode.ServiceUnavailable, "database");
        Assert.True(Outage.Failures > 0);

        Outage.Plan(after: -1, lasting: TimeSpan.Zero);
        Assert.Equal("succeeded", (await Service.TrainAsync(Training)).GetProperty("status").GetString());
    }

    /// <summary>Runs one job to its end. Requests may fail during the outage, and are repeated.</summary>
    private async Task<JsonElement> RunAsync()
    {
        HttpResponseMessage started;
        do
        {
            started = await Service.PostJsonAsync("/train", Training);
        }
        while (started.StatusCode == HttpStatusCode.ServiceUnavailable);

        while (true)
        {
            using HttpResponseMessage response = await Service.Http.GetAsync(started.Headers.Location);
            if (response.StatusCode == HttpStatusCode.OK && JsonElement.Parse(await response.Content.ReadAsStringAsync()) is JsonElement job && job.GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                return job;
            }
        }
    }

    private async Task<string> Sha256Async(JsonElement job)
    {
        using HttpResponseMessage response = await Service.Http.GetAsync($"/models/{job.GetProperty("modelId").GetString()}");
        return response.StatusCode == HttpStatusCode.ServiceUnavailable
            ? await Sha256Async(job)
            : (await Service.ReadJsonAsync(response)).GetProperty("sha256").GetString()!;
    }
}
