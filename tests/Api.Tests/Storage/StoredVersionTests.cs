using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>Databases written by other versions of the service.</summary>
public sealed class StoredVersionTests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(Repository.Root, "tests", "Api.Tests", "Storage", "Fixtures");

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_database_without_stored_versions_gives_the_same_responses_as_when_it_was_written()
    {
        File.Copy(Path.Combine(Fixtures, "0dacae0.db"), Database.FileIn(directory));
        using JsonDocument expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Fixtures, "0dacae0.json")));

        await using Service service = Start();

        string[] statuses = [.. (await service.GetAsync("/jobs")).GetProperty("data").EnumerateArray().Select(job => job.GetProperty("status").GetString()!).Distinct().Order()];
        Assert.Equal(["cancelled", "failed", "succeeded"], statuses);
        foreach (JsonProperty answer in expected.RootElement.EnumerateObject())
        {
            JsonElement actual = await service.GetAsync(answer.Name);
            Assert.True(JsonElement.DeepEquals(answer.Value, actual), $"{answer.Name} must be {answer.Value.GetRawText()}, not {actual.GetRawText()}");
        }

        using HttpResponseMessage prediction = await service.PredictAsync(PngWriter.Gray(Mnist.Data.Test.Pixels(0)));
        Assert.Equal(HttpStatusCode.OK, prediction.StatusCode);
    }

    [Fact]
    public async Task Stored_values_have_a_version_and_no_response_fields()
    {
        await using Service service = Start();
        await service.TrainAsync();

        Assert.Matches("""^\{.*"version":1.*\}$""", Database.Read(directory, "SELECT settings FROM jobs"));
        Assert.Matches("""^\{.*"version":1.*\}$""", Database.Read(directory, "SELECT progress FROM jobs"));
        Assert.Matches("""^\{.*"version":1.*\}$""", Database.Read(directory, "SELECT settings FROM models"));
        Assert.Matches("""^\{"counts":\[\[.*\]\],"version":2\}$""", Database.Read(directory, "SELECT confusion FROM models"));
        Assert.Matches("""^\{"epoch":1,.*"version":1\}$""", Database.Read(directory, "SELECT data FROM job_events WHERE sequence = 1"));
        using JsonDocument end = JsonDocument.Parse(Database.Read(directory, "SELECT data FROM job_events WHERE type = 'succeeded'"));
        Assert.Equal(
            ["attempt", "error", "finishedAt", "modelId", "progress", "startedAt", "status", "testAccuracy", "version"],
            end.RootElement.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE jobs SET settings = json_set(settings, '$.version', 9)", "", "StoredTrainingSettings of version 9")]
    [InlineData("UPDATE jobs SET progress = json_set(progress, '$.version', 9, '$.batch', 'all')", "", "StoredProgress of version 9")]
    [InlineData("UPDATE job_events SET data = json_set(data, '$.version', 9) WHERE type = 'epoch'", "", "StoredEpoch of version 9")]
    [InlineData("UPDATE job_events SET data = json_set(data, '$.version', 9) WHERE type = 'succeeded'", "/events", "StoredJobEnd of version 9")]
    [InlineData("UPDATE job_events SET type = 'paused' WHERE sequence = 1", "/events", "JobEvent of type 'paused'")]
    public async Task A_stored_value_of_a_newer_version_is_rejected_by_name(string update, string path, string detail)
    {
        await using Service service = Start();
        string job = $"/jobs/{(await service.TrainAsync()).GetProperty("id").GetString()}";
        Database.Execute(directory, update);

        JsonElement problem = await Problems.AssertAsync(await service.Http.GetAsync($"{job}{path}"), HttpStatusCode.InternalServerError, detail);

        Assert.Contains("newer version of RnnService: start that version.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_model_of_a_newer_version_is_rejected_by_name()
    {
        await using Service service = Start();
        string model = $"/models/{(await service.TrainAsync()).GetProperty("modelId").GetString()}";
        Database.Execute(directory, """UPDATE models SET confusion = '{"version":9,"cells":[1]}'""");

        await Problems.AssertAsync(await service.Http.GetAsync(model), HttpStatusCode.InternalServerError, "StoredConfusion of version 9");
    }

    [Fact]
    public async Task The_stream_of_an_old_job_ends_with_the_job()
    {
        File.Copy(Path.Combine(Fixtures, "0dacae0.db"), Database.FileIn(directory));
        await using Service service = Start();

        foreach (JsonElement job in (await service.GetAsync("/jobs")).GetProperty("data").EnumerateArray())
        {
            List<SseItem<string>> events = await service.WatchAsync($"/jobs/{job.GetProperty("id").GetString()}").ToListAsync();

            Assert.Equal(job.GetProperty("status").GetString(), events[^1].EventType);
            Assert.Equal(job.GetRawText(), events[^1].Data);
        }
    }

    private Service Start() => new(Database.In(directory), TimeProvider.System);
}
