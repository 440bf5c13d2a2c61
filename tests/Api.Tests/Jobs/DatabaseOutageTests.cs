using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RnnService.Testing;

namespace RnnService.Api.Tests.Jobs;

/// <summary>
/// The database fails for 1, 10 or 30 seconds, beginning at any call that a running training makes. The number of outages is small by default; RNN_OUTAGES=all begins one at
/// every call.
/// </summary>
public sealed class DatabaseOutageTests : IAsyncDisposable
{
    private const string Training = """{"epochs": 3, "hiddenSize": 8, "dataset": "small"}""";

    private static readonly ScaledTimeProvider Time = new(factor: 100);

    private readonly DatabaseOutage outage = new(Time);
    private readonly TemporaryDirectory dataset = new();
    private readonly Service service;

    public DatabaseOutageTests()
    {
        SmallDataset.Write(dataset.Path, trainingImages: 360, testImages: 100);
        service = new Service(
            new Dictionary<string, string> { ["Datasets:small:Directory"] = dataset.Path },
            Time,
            services => services.AddSingleton<IInterceptor>(outage.Commands).AddSingleton<IInterceptor>(outage.Transactions));
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        dataset.Dispose();
    }

    [Fact]
    public async Task A_training_succeeds_with_the_same_weights_whenever_the_database_fails()
    {
        outage.Plan(after: -1, lasting: TimeSpan.Zero);
        JsonElement reference = await RunAsync();
        string sha256 = await Sha256Async(reference);
        int calls = outage.Calls;
        Random random = new(2026);
        int[] starts = Environment.GetEnvironmentVariable("RNN_OUTAGES") == "all"
            ? [.. Enumerable.Range(0, calls)]
            : [.. Enumerable.Range(0, calls).OrderBy(_ => random.Next()).Take(8)];

        foreach (int start in starts)
        {
            foreach (int seconds in (int[])[1, 10, 30])
            {
                outage.Plan(start, TimeSpan.FromSeconds(seconds));
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
        outage.Plan(after: 0, lasting: TimeSpan.FromDays(1));
        await Problems.AssertAsync(await service.PostJsonAsync("/train", Training), HttpStatusCode.ServiceUnavailable, "database");
        Assert.True(outage.Failures > 0);

        outage.Plan(after: -1, lasting: TimeSpan.Zero);
        Assert.Equal("succeeded", (await service.TrainAsync(Training)).GetProperty("status").GetString());
    }

    /// <summary>Runs one job to its end. Requests may fail during the outage, and are repeated.</summary>
    private async Task<JsonElement> RunAsync()
    {
        HttpResponseMessage started;
        do
        {
            started = await service.PostJsonAsync("/train", Training);
        }
        while (started.StatusCode == HttpStatusCode.ServiceUnavailable);

        while (true)
        {
            using HttpResponseMessage response = await service.Http.GetAsync(started.Headers.Location);
            if (response.StatusCode == HttpStatusCode.OK && JsonElement.Parse(await response.Content.ReadAsStringAsync()) is JsonElement job && job.GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                return job;
            }
        }
    }

    private async Task<string> Sha256Async(JsonElement job)
    {
        using HttpResponseMessage response = await service.Http.GetAsync($"/models/{job.GetProperty("modelId").GetString()}");
        return response.StatusCode == HttpStatusCode.ServiceUnavailable
            ? await Sha256Async(job)
            : (await Service.ReadJsonAsync(response)).GetProperty("sha256").GetString()!;
    }
}
