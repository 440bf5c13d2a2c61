using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>A database written by an earlier commit, and the responses of that commit. Fixtures/make-0dacae0.mjs creates both.</summary>
internal sealed class RecordedResponses
{
    private readonly string path;
    private readonly JsonElement responses;

    public RecordedResponses(string commit)
    {
        path = Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", $"rnn-service-{commit}");
        responses = JsonElement.Parse(File.ReadAllBytes($"{path}.json"));
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JsonElement> Jobs => [.. responses.GetProperty("jobs").EnumerateArray()];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JsonElement> Models => [.. responses.GetProperty("models").EnumerateArray()];

    public JsonElement ActiveModel => responses.GetProperty("active");

    public IReadOnlyList<JsonElement> Predictions => [.. responses.GetProperty("predictions").EnumerateArray()];

    /// <summary>The job that was running when the service was killed, after more than half of its epochs.</summary>
    public JsonElement InterruptedJob => Job(responses.GetProperty("interrupted").GetString()!);

    /// <summary>The job that was queued when the service was killed.</summary>
    public JsonElement QueuedJob => Job(responses.GetProperty("queued").GetString()!);

    /// <summary>The interrupted job after the commit resumed it: the job, its events, model, and predictions.</summary>
    public JsonElement Resumed => responses.GetProperty("resumed");

    public IReadOnlyList<JsonElement> Events(string job) => [.. responses.GetProperty("events").GetProperty(job).EnumerateArray()];

    /// <summary>Copies the database; the original is not modified.</summary>
    public void CopyDatabaseTo(TemporaryDirectory directory) => File.Copy($"{path}.db", Database.FileIn(directory));

    /// <summary>Copies the database with its unfinished jobs cancelled, so that nothing is trained.</summary>
    public void CopyIdleDatabaseTo(TemporaryDirectory directory)
    {
        CopyDatabaseTo(directory);
        Database.Execute(directory, "UPDATE jobs SET status = 'Cancelled' WHERE status IN ('Queued', 'Running')");
    }

    private JsonElement Job(string id) => Jobs.Single(job => job.GetProperty("id").GetString() == id);
}
