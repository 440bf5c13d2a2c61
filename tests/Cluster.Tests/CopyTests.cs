using System.Security.Cryptography;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>The command <c>copy --to postgres</c>.</summary>
public sealed class CopyTests(SharedPostgres postgres) : IDisposable
{
    private const string Quick = """{"epochs": 2, "hiddenSize": 16, "trainingImages": 500}""";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task An_embedded_database_is_copied_with_its_numbers_and_the_copy_continues_them()
    {
        string database = await postgres.CreateDatabaseAsync();
        string[] models;
        Dictionary<string, string> before = [];
        await using (ServiceProcess service = await Node.StartEmbeddedAsync(directory))
        {
            models = [await TrainAsync(service.Http), await TrainAsync(service.Http), await TrainAsync(service.Http)];

            // The last number is not reused, also not by the copy.
            await service.Http.PutAsync("/models/active", new StringContent($$"""{"id": "{{models[0]}}"}""", System.Text.Encoding.UTF8, "application/json"));
            (await service.Http.DeleteAsync($"/models/{models[2]}")).EnsureSuccessStatusCode();
            foreach (string path in (string[])["/models", "/models/active", $"/models/{models[1]}"])
            {
                before[path] = await service.Http.GetStringAsync(path);
            }

            await service.StopAsync();
        }

        (int exitCode, string output) = await CopyAsync(database);

        Assert.True(exitCode == 0, output);
        Assert.Matches("(?m)^jobs: 3 rows, SHA-256 [0-9a-f]{64}$", output);
        Assert.Matches("(?m)^models: 2 rows, SHA-256 [0-9a-f]{64}$", output);
        Assert.Matches("(?m)^job_events: 9 rows, ", output);
        Assert.Contains("Copied all tables", output, StringComparison.Ordinal);

        await using ServiceProcess copy = await Node.StartAsync(database);
        foreach ((string path, string response) in before)
        {
            Assert.Equal(WithoutTicks(response), WithoutTicks(await copy.Http.GetStringAsync(path)));
        }

        byte[] weights = await copy.Http.GetByteArrayAsync($"/models/{models[1]}/weights.safetensors");
        Assert.Equal(await copy.Http.Sha256Async(models[1]), Convert.ToHexStringLower(SHA256.HashData(weights)));
        string next = await TrainAsync(copy.Http);
        Assert.Equal(4, (await copy.Http.GetJsonAsync($"/models/{next}")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_is_copied_and_its_unfinished_jobs_are_trained()
    {
        string database = await postgres.CreateDatabaseAsync();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "rnn-service-0dacae0.db"), directory.File("rnn-service.db"));

        (int exitCode, string output) = await CopyAsync(database);

        Assert.True(exitCode == 0, output);
        await using ServiceProcess copy = await Node.StartAsync(database);
        foreach (JsonElement job in (await copy.Http.GetJsonAsync("/jobs?limit=100")).GetProperty("data").EnumerateArray())
        {
            if (job.GetProperty("status").GetString() is "queued" or "running")
            {
                JsonElement ended = await copy.Http.EndOfAsync($"/jobs/{job.GetProperty("id").GetString()}");
                Assert.Equal("succeeded", ended.GetProperty("status").GetString());
            }
        }
    }

    [Fact]
    public async Task A_target_with_rows_is_refused_and_unchanged()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using (ServiceProcess service = await Node.StartAsync(database))
        {
            await TrainAsync(service.Http);
        }

        await using (ServiceProcess embedded = await Node.StartEmbeddedAsync(directory))
        {
        }

        (int exitCode, string output) = await CopyAsync(database);

        Assert.Equal(1, exitCode);
        Assert.Contains("RnnService cannot copy the database. The target database is not empty: its table 'jobs' has rows.", output, StringComparison.Ordinal);
        Assert.Equal(1L, await PostgresServer.ExecuteAsync(database, "SELECT count(*) FROM jobs"));
    }

    [Fact]
    public async Task The_service_must_be_stopped_and_both_databases_must_be_set()
    {
        string database = await postgres.CreateDatabaseAsync();
        (_, string output) = await CopyAsync(database);
        Assert.Contains($"There is no database {directory.File("rnn-service.db")}.", output, StringComparison.Ordinal);

        (_, output) = await DotnetCommand.RunAsync([ServiceProcess.Program, "copy", "--to", "postgres", $"--Storage:Directory={directory.Path}"]);
        Assert.Contains("Set ConnectionStrings:Postgres to the database to copy to.", output, StringComparison.Ordinal);

        await using ServiceProcess service = await Node.StartEmbeddedAsync(directory);
        (_, output) = await CopyAsync(database);
        Assert.Contains($"The data directory {directory.Path} is in use by another RnnService", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> CopyAsync(string database) =>
        DotnetCommand.RunAsync([ServiceProcess.Program, "copy", "--to", "postgres", $"--Storage:Directory={directory.Path}", Node.Setting(database)]);

    private static async Task<string> TrainAsync(HttpClient http)
    {
        JsonElement job = await http.EndOfAsync(await http.StartTrainingAsync(Quick));
        return job.GetProperty("modelId").GetString()!;
    }

    /// <summary>PostgreSQL stores times with six digits.</summary>
    private static string WithoutTicks(string json) => System.Text.RegularExpressions.Regex.Replace(json, @"(T\d\d:\d\d:\d\d)(\.\d+)?Z", match =>
        $"{match.Groups[1].Value}{match.Groups[2].Value.PadRight(7, '0')[..7]}Z");
}
