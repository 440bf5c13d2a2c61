using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>Reads and checks jobs that several processes train.</summary>
internal static class ClusterJobs
{
    public static Func<JsonElement, bool> HasEpochs(int count) => job => job.GetProperty("epochs").GetArrayLength() >= count;

    public static Func<JsonElement, bool> HasAttempts(int count) => job => job.GetProperty("attempts").GetArrayLength() >= count;

    /// <summary>Reads a job until it fulfils a condition: streams show only what their own process does.</summary>
    public static async Task<JsonElement> UntilAsync(HttpClient http, string job, Func<JsonElement, bool> condition, TimeSpan? limit = null)
    {
        using CancellationTokenSource timeout = new(limit ?? TimeSpan.FromMinutes(3));
        while (true)
        {
            JsonElement read = await http.GetJsonAsync(job);
            if (condition(read))
            {
                return read;
            }

            await Task.Delay(100, timeout.Token);
        }
    }

    public static Task<JsonElement> EndAsync(HttpClient http, string job) =>
        UntilAsync(http, job, read => read.GetProperty("finishedAt").ValueKind != JsonValueKind.Null);

    public static void AssertWorkers(JsonElement job, params ServiceProcess[] workers)
    {
        JsonElement[] attempts = [.. job.GetProperty("attempts").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, workers.Length), attempts.Select(attempt => attempt.GetProperty("number").GetInt32()));
        Assert.All(workers.Zip(attempts), pair => Assert.True(IsWorker(pair.Second, pair.First), pair.Second.GetRawText()));
        Assert.All(attempts, attempt => Assert.Equal(Environment.MachineName, attempt.GetProperty("host").GetString()));
    }

    public static bool IsWorker(JsonElement attempt, ServiceProcess process) =>
        attempt.GetProperty("worker").GetString()!.Contains($"-{process.Id}-", StringComparison.Ordinal);

    /// <summary>Asserts that the log has no gap and each epoch once.</summary>
    public static async Task AssertLogAsync(HttpClient http, string job, JsonElement ended, int epochs)
    {
        Assert.Equal("succeeded", Status(ended));
        Assert.Equal(Enumerable.Range(1, epochs), ended.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        JsonElement[] events = [.. (await http.GetJsonAsync($"{job}/events?limit=100")).GetProperty("data").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, epochs + 1), events.Select(entry => entry.GetProperty("sequence").GetInt32()));
    }

    public static Task<string> Sha256Async(HttpClient http, JsonElement job) => http.Sha256Async(job.GetProperty("modelId").GetString()!);

    public static string Status(JsonElement job) => job.GetProperty("status").GetString()!;

    /// <summary>Asserts that the times of a job that ended are in order: they are those of one clock.</summary>
    public static void AssertTimes(JsonElement ended)
    {
        DateTime[] times =
        [
            ended.GetProperty("createdAt").GetDateTime(),
            ended.GetProperty("startedAt").GetDateTime(),
            .. ended.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("startedAt").GetDateTime()),
            ended.GetProperty("finishedAt").GetDateTime(),
        ];
        Assert.True(times.SequenceEqual(times.Order()), ended.GetRawText());
    }
}
