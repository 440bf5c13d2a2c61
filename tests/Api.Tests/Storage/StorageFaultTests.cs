using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RnnService.Api.Tests.Hosting;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

public sealed class StorageFaultTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_file_that_is_not_a_database_prevents_startup_and_is_not_modified()
    {
        await File.WriteAllTextAsync(Database.FileIn(directory), string.Concat(Enumerable.Repeat("not a database ", 1_000)));

        await AssertCannotStartAsync(directory.Path, $"The database {Database.FileIn(directory)} cannot be opened: SQLite Error 26: 'file is not a database'.", "move it away");
        Assert.StartsWith("not a database", await File.ReadAllTextAsync(Database.FileIn(directory)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_prevents_startup()
    {
        await using (Service service = new(Database.In(directory), TimeProvider.System))
        {
            await service.TrainAsync();
        }

        // Pages that are still in the write-ahead log would replace the damaged ones.
        Database.Execute(directory, "PRAGMA wal_checkpoint(TRUNCATE)");
        await using (FileStream file = File.OpenWrite(Database.FileIn(directory)))
        {
            file.Position = 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0x5a, 40_000).ToArray());
        }

        await AssertCannotStartAsync(directory.Path, Database.FileIn(directory), "Replace the file with a backup");
    }

    [Fact]
    public async Task A_database_that_another_program_has_locked_prevents_startup_and_no_backup_is_advised()
    {
        using SqliteConnection other = new($"Data Source={Database.FileIn(directory)};Pooling=False");
        await other.OpenAsync();
        await using SqliteTransaction transaction = other.BeginTransaction();

        string output = await AssertCannotStartAsync(directory.Path, "SQLite Error 5: 'database is locked'. Another program is using the file: wait until it has finished, or stop it, then start again.");

        Assert.DoesNotContain("backup", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_database_prevents_a_migration_and_no_backup_is_advised()
    {
        new RecordedResponses("0dacae0").CopyDatabaseTo(directory);
        Database.Execute(directory, "CREATE TABLE filler AS SELECT zeroblob(2000000) AS content; VACUUM");

        string output = await AssertCannotStartAsync(directory.Path, ["--Storage:MaxMegabytes=1"], "SQLite Error 13: 'database or disk is full'. Free some space on its disk, or raise Storage:MaxMegabytes if it is set, then start again.");

        Assert.DoesNotContain("backup", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_cannot_be_queried_prevent_startup()
    {
        await using (Service service = new(Database.In(directory), TimeProvider.System))
        {
        }

        Database.Execute(directory, "ALTER TABLE jobs RENAME COLUMN test_accuracy TO other");

        await AssertCannotStartAsync(directory.Path, $"The database {Database.FileIn(directory)} cannot be opened: SQLite Error 1: 'no such column: j.test_accuracy'. Replace the file with a backup");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_prevents_startup()
    {
        await using (Service service = new(Database.In(directory), TimeProvider.System))
        {
        }

        Database.Execute(directory, """INSERT INTO "__EFMigrationsHistory" VALUES ('20991231000000_FromTheFuture', '99.0')""");

        await AssertCannotStartAsync(directory.Path, "was written by a newer version of RnnService: it contains the unknown migration '20991231000000_FromTheFuture'.");
    }

    [Theory]
    [InlineData("json_set(settings, '$.version', 9)", "StoredTrainingSettings of version 9", "It was written by a newer version of RnnService. Start that version.")]
    [InlineData("'damaged'", "The database has a damaged StoredTrainingSettings.", "Restore a copy of the database")]
    public async Task A_queued_job_that_cannot_be_read_prevents_startup(string settings, string what, string advice)
    {
        await using (Service service = new(Database.In(directory), TimeProvider.System))
        {
            await service.StartTrainingAsync(Service.EndlessTraining);
        }

        Database.Execute(directory, $"UPDATE jobs SET settings = {settings}");

        await AssertCannotStartAsync(directory.Path, what, advice);
    }

    [Fact]
    public async Task A_read_only_data_directory_prevents_startup()
    {
        await AssertCannotStartAsync("/proc/rnn-service", "The data directory /proc/rnn-service is not writable:", "Set Storage:Directory to a writable directory.");
    }

    [Fact]
    public async Task A_data_directory_in_use_prevents_startup()
    {
        await using Service service = new(Database.In(directory), TimeProvider.System);

        await AssertCannotStartAsync(directory.Path, $"The data directory {directory.Path} is in use by another RnnService");
    }

    [Fact]
    public async Task A_full_disk_does_not_end_a_job_and_it_continues_when_there_is_space()
    {
        string path;
        await using (Service service = new(new Dictionary<string, string>(Database.In(directory)) { ["Storage:MaxMegabytes"] = "1" }, TimeProvider.System))
        {
            // A checkpoint of this network is larger than that.
            path = await service.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 256, "trainingImages": 100}""");
            await service.WatchAsync(path).FirstAsync(item => item.EventType == "progress" && JsonElement.Parse(item.Data).GetProperty("batch").GetInt32() == 1);
            Assert.Equal("running", (await service.GetAsync(path)).GetProperty("status").GetString());
        }

        await using Service restarted = new(Database.In(directory), TimeProvider.System);
        SseItem<string> last = await restarted.WatchAsync(path).LastAsync();

        Assert.Equal("succeeded", last.EventType);
        Assert.Single(JsonElement.Parse(last.Data).GetProperty("epochs").EnumerateArray());
    }

    [Fact]
    public async Task A_job_that_waits_for_space_can_be_cancelled()
    {
        await using Service service = new(new Dictionary<string, string> { ["Storage:MaxMegabytes"] = "1" }, TimeProvider.System);
        string path = await service.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 256, "trainingImages": 100}""");
        await service.WatchAsync(path).FirstAsync(item => item.EventType == "progress" && JsonElement.Parse(item.Data).GetProperty("batch").GetInt32() == 1);

        Assert.Equal(HttpStatusCode.Accepted, (await service.Http.PostAsync($"{path}/cancel", null)).StatusCode);

        Assert.Equal("cancelled", (await service.WatchAsync(path).LastAsync()).EventType);
        Assert.Equal("succeeded", (await service.TrainAsync("""{"epochs": 1, "hiddenSize": 4, "trainingImages": 100}""")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_request_that_cannot_be_stored_is_rejected()
    {
        await using Service service = new(new Dictionary<string, string> { ["Storage:MaxMegabytes"] = "1", ["Training:QueueLimit"] = "100000" }, TimeProvider.System);
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");

        HttpResponseMessage answer;
        do
        {
            answer = await service.PostJsonAsync("/train", Service.QuickTraining);
        }
        while (answer.StatusCode == HttpStatusCode.Accepted);

        await Problems.AssertAsync(answer, HttpStatusCode.ServiceUnavailable, "The database has no space left: its disk or Storage:MaxMegabytes is exhausted.");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static Task<string> AssertCannotStartAsync(string dataDirectory, params string[] messages) => AssertCannotStartAsync(dataDirectory, [], messages);

    private static Task<string> AssertCannotStartAsync(string dataDirectory, IEnumerable<string> arguments, params string[] messages) =>
        StartupErrors.AssertAsync(dataDirectory, [.. StartupErrors.FreePort, .. arguments], new Dictionary<string, string>(), messages);
}
