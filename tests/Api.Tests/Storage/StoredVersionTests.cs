using System.Net;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>The versions of stored values.</summary>
public sealed class StoredVersionTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

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
    [InlineData("UPDATE job_events SET data = json_set(data, '$.version', 9) WHERE type = 'succeeded'", "/events", "StoredJobState of version 9")]
    [InlineData("UPDATE job_events SET type = 'paused' WHERE sequence = 1", "/events", "JobEvent of type 'paused'")]
    public async Task A_stored_value_of_a_newer_version_is_rejected_by_name(string update, string path, string detail)
    {
        await using Service service = Start();
        string job = $"/jobs/{(await service.TrainAsync()).GetProperty("id").GetString()}";
        Database.Execute(directory, update);

        JsonElement problem = await Problems.AssertAsync(await service.Http.GetAsync($"{job}{path}"), HttpStatusCode.InternalServerError, detail);

        Assert.Contains("newer version of RnnService. Start that version.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_model_of_a_newer_version_is_rejected_by_name()
    {
        await using Service service = Start();
        string model = $"/models/{(await service.TrainAsync()).GetProperty("modelId").GetString()}";
        Database.Execute(directory, """UPDATE models SET confusion = '{"version":9,"cells":[1]}'""");

        await Problems.AssertAsync(await service.Http.GetAsync(model), HttpStatusCode.InternalServerError, "StoredConfusion of version 9");
    }

    private Service Start() => new(Database.In(directory), TimeProvider.System);
}
