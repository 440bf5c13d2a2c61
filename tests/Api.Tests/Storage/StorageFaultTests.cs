using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

public sealed class StorageFaultTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start_and_is_left_alone()
    {
        await File.WriteAllTextAsync(Database.FileIn(directory), string.Concat(Enumerable.Repeat("not a database ", 1_000)));

        await AssertCannotStartAsync(directory.Path, $"The database {Database.FileIn(directory)} cannot be opened: SQLite Error 26: 'file is not a database'.", "move it away");
        Assert.StartsWith("not a database", await File.ReadAllTextAsync(Database.FileIn(directory)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_stops_the_start()
    {
        await using (Service service = new(Database.In(directory), TimeProvider.System))
        {
            await service.TrainAsync();
        }

        await using (FileStream file = File.OpenWrite(Database.FileIn(directory)))
        {
            file.Position = 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0x5a, 40_000).ToArray());
        }

        await AssertCannotStartAsync(directory.Path, Database.FileIn(directory), "Replace the file with a backup");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_stops_the_start()
    {
        await using (Service service = new(Database.In(directory), TimeProvider.System))
        {
        }

        Database.Execute(directory, """INSERT INTO "__EFMigrationsHistory" VALUES ('20991231000000_FromTheFuture', '99.0')""");

        await AssertCannotStartAsync(directory.Path, "was written by a newer version of RnnService: this version does not know the migration '20991231000000_FromTheFuture'.");
    }

    [Fact]
    public async Task A_waiting_job_of_a_newer_version_stops_the_start()
    {
        await using (Service service = new(Database.In(directory), TimeProvider.System))
        {
            await service.StartTrainingAsync(Service.EndlessTraining);
        }

        Database.Execute(directory, "UPDATE jobs SET settings = json_set(settings, '$.version', 9)");

        await AssertCannotStartAsync(directory.Path, "StoredTrainingSettings of version 9", "It was written by a newer version of RnnService: start that version.");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_stops_the_start()
    {
        await AssertCannotStartAsync("/proc/rnn-service", "The data folder /proc/rnn-service is not writable:", "Set Storage:Directory to a writable folder.");
    }

    [Fact]
    public async Task A_second_service_on_the_same_folder_does_not_start()
    {
        await using Service service = new(Database.In(directory), TimeProvider.System);

        await AssertCannotStartAsync(directory.Path, $"The data folder {directory.Path} is in use by another RnnService");
    }

    [Fact]
    public async Task A_full_disk_fails_the_job_with_its_reason_and_the_service_goes_on()
    {
        await using Service service = new(new Dictionary<string, string> { ["Storage:MaxMegabytes"] = "1" }, TimeProvider.System);
        string path = await service.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 256, "trainingImages": 100}""");

        SseItem<string> last = await service.WatchAsync(path).LastAsync();

        Assert.Equal("failed", last.EventType);
        JsonElement job = await service.GetAsync(path);
        Assert.Equal(job.GetRawText(), last.Data);
        Assert.Equal("internal", job.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("database or disk is full", job.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, job.GetProperty("modelId").ValueKind);
        Assert.Empty(job.GetProperty("epochs").EnumerateArray());
        await Problems.AssertAsync(await service.Http.PostAsync($"{path}/cancel", null), HttpStatusCode.Conflict, "has already finished with status failed and cannot be cancelled");
        Assert.Equal("succeeded", (await service.TrainAsync("""{"epochs": 1, "hiddenSize": 4, "trainingImages": 100}""")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_request_that_cannot_be_kept_is_refused()
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

    private static async Task AssertCannotStartAsync(string dataDirectory, params string[] messages)
    {
        (int exitCode, string output) = await DotnetCommand.RunAsync(
            [Path.Combine(AppContext.BaseDirectory, "RnnService.Api.dll"), "--urls", "http://127.0.0.1:0", $"--Storage:Directory={dataDirectory}"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("RnnService cannot start.", output, StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Contains(message, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
