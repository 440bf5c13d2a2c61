using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Models;

/// <summary>Models that cannot be loaded at a start, and their repair while the service runs.</summary>
public sealed class ReconciliationTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly string latest;
    private readonly string previous;

    public ReconciliationTests()
    {
        RecordedResponses recorded = new("0dacae0");
        recorded.CopyIdleDatabaseTo(directory);
        Database.Execute(directory, "DELETE FROM model_pins");
        (latest, previous) = (recorded.Models[0].GetProperty("id").GetString()!, recorded.Models[1].GetProperty("id").GetString()!);
    }

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("content = zeroblob(100)", null)] // another hash
    [InlineData("content = (SELECT other.content FROM model_weights other WHERE other.model_id = '{previous}')", null)]
    [InlineData(null, "sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'")] // the hash of nothing
    [InlineData("content = x''", "sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'")] // the right hash, but not a network
    public async Task A_model_that_cannot_be_loaded_is_skipped_and_activated_after_its_repair(string? weights, string? model)
    {
        string undo = $"""
            UPDATE model_weights SET content = (SELECT content FROM kept) WHERE model_id = '{latest.ToUpperInvariant()}';
            UPDATE models SET sha256 = (SELECT sha256 FROM kept) WHERE id = '{latest.ToUpperInvariant()}';
            """;
        Database.Execute(directory, $"CREATE TABLE kept AS SELECT content, sha256 FROM models JOIN model_weights ON model_id = id WHERE id = '{latest.ToUpperInvariant()}'");
        Damage("model_weights", "model_id", weights);
        Damage("models", "id", model);
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        await using Service service = new(Database.In(directory), time);

        Assert.Equal(previous, await ActiveAsync(service));
        await Problems.AssertAsync(await service.PredictAsync(Digits.Png(0), $"?model={latest}"), HttpStatusCode.ServiceUnavailable, "is damaged");

        Database.Execute(directory, undo);
        string active = previous;
        while (active == previous)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            active = await ActiveAsync(service);
        }

        Assert.Equal(latest, active);

        // A failed load is not cached.
        JsonElement answer = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0), $"?model={latest}"));
        Assert.Equal(latest, answer.GetProperty("model").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("confusion = 'damaged'", HttpStatusCode.ServiceUnavailable)]
    [InlineData("settings = '{\"version\":99}'", HttpStatusCode.InternalServerError)] // of a newer version of the service
    public async Task A_model_whose_row_cannot_be_read_does_not_stop_the_start(string change, HttpStatusCode status)
    {
        Damage("models", "id", change);

        await using Service service = new(Database.In(directory), TimeProvider.System);

        Assert.Equal(previous, await ActiveAsync(service));
        Assert.Equal(status, (await service.Http.GetAsync("/models")).StatusCode);
    }

    [Theory]
    [InlineData("confusion = 'damaged'")]
    [InlineData("settings = '{\"version\":99}'")]
    public async Task A_model_whose_row_cannot_be_read_can_be_deleted_unless_it_is_active(string change)
    {
        await using Service service = new(Database.In(directory), TimeProvider.System);
        Assert.Equal(latest, await ActiveAsync(service));
        Damage("models", "id", change);

        await Problems.AssertAsync(await service.Http.DeleteAsync($"/models/{latest}"), HttpStatusCode.Conflict, $"Model {latest} is active.");

        (await service.Http.PutAsJsonAsync("/models/active", new { id = previous })).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NoContent, (await service.Http.DeleteAsync($"/models/{latest}")).StatusCode);
        await Problems.AssertAsync(await service.Http.DeleteAsync($"/models/{latest}"), HttpStatusCode.NotFound, $"There is no model '{latest}'.");
        Assert.Equal(previous, (await service.GetAsync("/models")).GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Without_any_model_that_can_be_loaded_the_service_starts()
    {
        Database.Execute(directory, "UPDATE model_weights SET content = x'00'");

        await using Service service = new(Database.In(directory), TimeProvider.System);

        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/health/ready")).StatusCode);
        await Problems.AssertAsync(await service.PredictAsync(Digits.Png(0)), HttpStatusCode.Conflict, "No model has been trained yet.");
    }

    private static async Task<string> ActiveAsync(Service service)
    {
        JsonElement answer = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0)));
        return answer.GetProperty("model").GetProperty("id").GetString()!;
    }

    private void Damage(string table, string key, string? change)
    {
        if (change is not null)
        {
            string set = change.Replace("{previous}", previous.ToUpperInvariant(), StringComparison.Ordinal);
            Database.Execute(directory, $"UPDATE {table} SET {set} WHERE {key} = '{latest.ToUpperInvariant()}'");
        }
    }
}
