using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RnnService.Testing;
using static RnnService.Cluster.Tests.ClusterJobs;

namespace RnnService.Cluster.Tests;

/// <summary>
/// Two api and three worker processes train jobs, while a seeded random sequence of faults hits them. By default few jobs are trained; RNN_CHAOS=all trains 12 and also stops the
/// database and suspends processes; RNN_CHAOS_SEED selects another sequence.
/// </summary>
[Collection(nameof(UsesAllCores))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Epochs = 15;

    private static readonly bool All = Environment.GetEnvironmentVariable("RNN_CHAOS") == "all";
    private static readonly int ChaosSeed = int.Parse(Environment.GetEnvironmentVariable("RNN_CHAOS_SEED") ?? "2026", CultureInfo.InvariantCulture);
    private static readonly int[] Seeds = [1, 2, 3];

    [Fact]
    public async Task All_jobs_succeed_with_the_weights_of_an_undisturbed_training()
    {
        PostgresInstallation.SkipIfMissing();
        await using PostgresServer postgres = await PostgresServer.StartNewAsync();
        string database = await postgres.CreateDatabaseAsync();
        await using ChaosCluster cluster = await ChaosCluster.StartAsync(postgres, database);
        Dictionary<int, string> expected = [];
        foreach (int seed in Seeds)
        {
            expected[seed] = await Sha256Async(cluster, await EndAsync(cluster, await StartTrainingAsync(cluster, seed)));
        }

        List<(int Seed, string Job)> jobs = [];
        for (int i = 0; i < (All ? 12 : 3); i++)
        {
            int seed = Seeds[i % Seeds.Length];
            jobs.Add((seed, await StartTrainingAsync(cluster, seed)));
        }

        int faults = 0;
        Random random = new(ChaosSeed);
        Stopwatch stopwatch = Stopwatch.StartNew();
        Task<JsonElement[]> all = Task.WhenAll(jobs.Select(job => EndAsync(cluster, job.Job)));
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(random.Next(1_000, 4_000)));
            if (!all.IsCompleted && (All || faults < 6))
            {
                await cluster.DisturbAsync(random, All);
                faults++;
            }
        }

        JsonElement[] ended = await all;
        int attempts = ended.Sum(job => job.GetProperty("attempt").GetInt32());
        output.WriteLine($"Seed {ChaosSeed}: {ended.Length} jobs of {Epochs} epochs ended after {attempts} attempts and {stopwatch.Elapsed.TotalSeconds:0} s, with {string.Join(", ", cluster.Faults.Select(fault => $"{fault.Value} {fault.Key}"))}; clocks shifted: {ShiftedClock.IsAvailable}");
        foreach (((int seed, string job), JsonElement read) in jobs.Zip(ended))
        {
            await AssertEndedAsync(cluster, job, read, expected[seed]);
        }

        Assert.NotEqual(0, faults);
    }

    /// <summary>The job succeeded with these weights, and its log has each epoch once, in order, without a gap.</summary>
    private static async Task AssertEndedAsync(ChaosCluster cluster, string job, JsonElement ended, string sha256)
    {
        Assert.True(Status(ended) == "succeeded", ended.GetRawText());
        Assert.Equal(Enumerable.Range(1, Epochs), ended.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        AssertTimes(ended);
        Assert.Equal(sha256, await Sha256Async(cluster, ended));
        JsonElement[] events = [.. (await cluster.GetAsync($"{job}/events?limit=100")).GetProperty("data").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, Epochs + 1), events.Select(entry => entry.GetProperty("sequence").GetInt32()));
        Assert.Equal([.. Enumerable.Repeat("epoch", Epochs), "succeeded"], events.Select(entry => entry.GetProperty("type").GetString()));
    }

    private static Task<string> StartTrainingAsync(ChaosCluster cluster, int seed)
    {
        string key = Guid.NewGuid().ToString();
        return cluster.UseApiAsync(http => http.StartTrainingAsync($$"""{"epochs": {{Epochs}}, "hiddenSize": 64, "trainingImages": 4000, "seed": {{seed}}}""", key));
    }

    private static async Task<string> Sha256Async(ChaosCluster cluster, JsonElement job) =>
        (await cluster.GetAsync($"/models/{job.GetProperty("modelId").GetString()}")).GetProperty("sha256").GetString()!;

    private static async Task<JsonElement> EndAsync(ChaosCluster cluster, string job)
    {
        while (true)
        {
            JsonElement read = await cluster.GetAsync(job);
            if (read.GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                return read;
            }

            await Task.Delay(200);
        }
    }
}
