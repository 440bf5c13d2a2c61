using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>A database that an earlier commit wrote, and what that commit itself answered from it: Fixtures/make-0dacae0.mjs makes both.</summary>
internal sealed class RecordedAnswers
{
    private readonly string path;
    private readonly JsonElement answers;

    public RecordedAnswers(string commit)
    {
        path = Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", $"rnn-service-{commit}");
        answers = JsonElement.Parse(File.ReadAllBytes($"{path}.json"));
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JsonElement> Jobs => [.. answers.GetProperty("jobs").EnumerateArray()];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JsonElement> Models => [.. answers.GetProperty("models").EnumerateArray()];

    public JsonElement ActiveModel => answers.GetProperty("active");

    public IReadOnlyList<JsonElement> Predictions => [.. answers.GetProperty("predictions").EnumerateArray()];

    /// <summary>The job that was running when the service was killed, after more than half of its epochs.</summary>
    public JsonElement InterruptedJob => Job(answers.GetProperty("interrupted").GetString()!);

    /// <summary>The job that was queued when the service was killed.</summary>
    public JsonElement QueuedJob => Job(answers.GetProperty("queued").GetString()!);

    /// <summary>The interrupted job as the commit itself resumed it: its job, events, model and predictions.</summary>
    public JsonElement Resumed => answers.GetProperty("resumed");

    public IReadOnlyList<JsonElement> Events(string job) => [.. answers.GetProperty("events").GetProperty(job).EnumerateArray()];

    /// <summary>Copies the database, which stays as it is.</summary>
    public void CopyDatabaseTo(TemporaryDirectory directory) => File.Copy($"{path}.db", Database.FileIn(directory));

    private JsonElement Job(string id) => Jobs.Single(job => job.GetProperty("id").GetString() == id);
}
