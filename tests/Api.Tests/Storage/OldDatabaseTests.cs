using System.Net;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RnnService.Model.Architecture;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>
/// A database written by commit 0dacae0 can be read completely: responses contain all fields of the responses of that commit. Additional fields are
/// allowed.
/// </summary>
public sealed class OldDatabaseTests : IDisposable
{
    /// <summary>The recurrent kernels are bit-identical on every processor; the output layer is not.</summary>
    private const double ProbabilityTolerance = 1e-6;

    /// <summary>Differences between processors grow over the epochs.</summary>
    private const double LossTolerance = 1e-3;

    private readonly TemporaryDirectory directory = new();
    private readonly RecordedResponses recorded = new("0dacae0");

    public OldDatabaseTests() => recorded.CopyDatabaseTo(directory);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Finished_jobs_and_their_events_are_unchanged()
    {
        await using Service service = Start();

        JsonElement list = await service.GetAsync("/jobs?limit=100");
        Assert.Equal(recorded.Jobs.Select(Id), list.GetProperty("data").EnumerateArray().Select(Id));
        foreach (JsonElement job in recorded.Jobs.Where(job => job.GetProperty("finishedAt").ValueKind != JsonValueKind.Null))
        {
            string path = $"/jobs/{Id(job)}";
            JsonElement read = await service.GetAsync(path);
            JsonFields.AssertContains(job, read, path);

            // That commit did not record its workers.
            Assert.Empty(read.GetProperty("attempts").EnumerateArray());
            await AssertEventsAsync(service, job, recorded.Events(Id(job)).Count);
        }
    }

    [Fact]
    public void The_fixture_covers_job_statuses_network_types_and_presets()
    {
        Assert.Equal(["cancelled", "failed", "queued", "running", "succeeded"], Distinct(recorded.Jobs.Select(job => Text(job, "status"))));
        Assert.Equal(["fnn", "gru", "lstm", "rnn"], Distinct(recorded.Models.Select(model => Text(model, "network"))));
        Assert.Equal(["accurate", "article", "fast"], Distinct(recorded.Models.Select(model => Text(model.GetProperty("options"), "preset"))));
        Assert.Equal(["diverged", "internal"], Distinct(recorded.Jobs.Select(job => job.GetProperty("error")).Where(error => error.ValueKind == JsonValueKind.Object).Select(error => Text(error, "code"))));
        Assert.True(recorded.ActiveModel.GetProperty("pinned").GetBoolean());
        Assert.NotEqual(Id(recorded.Models[0]), Id(recorded.ActiveModel));
    }

    [Fact]
    public async Task The_stream_of_a_finished_job_ends_with_the_job()
    {
        await using Service service = Start();

        foreach (JsonElement job in recorded.Jobs.Where(job => job.GetProperty("finishedAt").ValueKind != JsonValueKind.Null))
        {
            SseItem<string> last = await service.WatchAsync($"/jobs/{Id(job)}").LastAsync();

            Assert.Equal(Text(job, "status"), last.EventType);
            JsonFields.AssertContains(job, JsonElement.Parse(last.Data), last.EventType);
        }
    }

    [Fact]
    public async Task An_idempotency_key_returns_its_job()
    {
        await using Service service = Start();

        Assert.Equal(Id(recorded.Jobs[^1]), await TrainAsync(service, "first-request"));
        Assert.Equal(Id(recorded.QueuedJob), await TrainAsync(service, "queued-request"));
    }

    [Fact]
    public async Task Models_are_unchanged_and_the_pinned_one_is_active()
    {
        await using Service service = Start();

        JsonFields.AssertContains(recorded.ActiveModel, await service.GetAsync("/models/active"), "/models/active");
        HashSet<string> known = [.. recorded.Models.Select(Id)];
        JsonElement list = await service.GetAsync("/models?limit=100");
        Assert.Equal(recorded.Models.Select(Id), list.GetProperty("data").EnumerateArray().Select(Id).Where(known.Contains));
        foreach (JsonElement model in recorded.Models)
        {
            string path = $"/models/{Id(model)}";
            JsonFields.AssertContains(model, await service.GetAsync(path), path);
            byte[] weights = await service.Http.GetByteArrayAsync($"{path}/weights.safetensors");
            Assert.Equal(Text(model, "sha256"), Convert.ToHexStringLower(SHA256.HashData(weights)));
        }
    }

    [Fact]
    public async Task Predictions_of_every_model_are_unchanged()
    {
        await using Service service = Start();

        Assert.Equal(recorded.Models.Select(Id).Order(), Distinct(recorded.Predictions.Select(prediction => Text(prediction, "model"))));
        await AssertPredictionsAsync(service, recorded.Predictions);
    }

    [Fact]
    public async Task The_interrupted_job_resumes_after_its_last_epoch_and_the_queued_job_follows()
    {
        await using Service service = Start();
        string interrupted = $"/jobs/{Id(recorded.InterruptedJob)}";
        await service.WatchAsync(interrupted).LastAsync();
        await service.WatchAsync($"/jobs/{Id(recorded.QueuedJob)}").LastAsync();

        JsonElement job = await service.GetAsync(interrupted);
        JsonElement resumed = recorded.Resumed.GetProperty("job");
        Assert.Equal("succeeded", Text(job, "status"));
        foreach (string field in (string[])["id", "options", "createdAt", "startedAt", "attempt"])
        {
            JsonFields.AssertContains(resumed.GetProperty(field), job.GetProperty(field), $"{interrupted} {field}");
        }

        JsonElement attempt = Assert.Single(job.GetProperty("attempts").EnumerateArray());
        Assert.Equal((job.GetProperty("attempt").GetInt32(), Environment.MachineName), (attempt.GetProperty("number").GetInt32(), Text(attempt, "host")));
        Assert.Contains($"-{Environment.ProcessId}-", Text(attempt, "worker"), StringComparison.Ordinal);
        await AssertEventsAsync(service, recorded.InterruptedJob, resumed.GetProperty("epochs").GetArrayLength() + 1);
        AssertEpochs(resumed.GetProperty("epochs"), job.GetProperty("epochs"));
        Assert.Equal(resumed.GetProperty("testAccuracy").GetDouble(), job.GetProperty("testAccuracy").GetDouble(), LossTolerance);

        // The best epoch was before the kill, so the weights are those of the stored checkpoint. Only the temperature is new, and higher for images that are less like those that were learned.
        string model = Text(job, "modelId");
        NetworkFile network = NetworkFile.Parse(await service.Http.GetByteArrayAsync($"/models/{model}/weights.safetensors"));
        await AssertPredictionsAsync(service, recorded.Resumed.GetProperty("predictions").EnumerateArray(), model, network.Calibration!.Temperature);

        // The version in between belonged to a model that was deleted.
        int latest = recorded.Models[0].GetProperty("version").GetInt32();
        Assert.Equal(latest + 2, (await service.GetAsync($"/models/{model}")).GetProperty("version").GetInt32());
        JsonElement queued = await service.GetAsync($"/jobs/{Id(recorded.QueuedJob)}");
        Assert.Equal(("succeeded", 1), (Text(queued, "status"), queued.GetProperty("attempt").GetInt32()));
        JsonFields.AssertContains(recorded.QueuedJob.GetProperty("options"), queued.GetProperty("options"), "options");
        Assert.Equal(Id(recorded.ActiveModel), Id(await service.GetAsync("/models/active")));
    }

    private Service Start() => new(Database.In(directory), TimeProvider.System);

    /// <summary>Asserts that the event log starts with the recorded events and has no gaps.</summary>
    private async Task AssertEventsAsync(Service service, JsonElement job, int count)
    {
        string path = $"/jobs/{Id(job)}/events";
        JsonElement[] events = [.. (await service.GetAsync($"{path}?limit=100")).GetProperty("data").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, count), events.Select(entry => entry.GetProperty("sequence").GetInt32()));
        foreach ((JsonElement expected, JsonElement actual) in recorded.Events(Id(job)).Zip(events))
        {
            JsonFields.AssertContains(expected, actual, $"{path} {expected.GetProperty("sequence")}");
        }
    }

    /// <summary>Asserts that every epoch occurs once, with the losses that the commit recorded after it resumed the job.</summary>
    private static void AssertEpochs(JsonElement expected, JsonElement actual)
    {
        Assert.Equal(Enumerable.Range(1, expected.GetArrayLength()), actual.EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        foreach ((JsonElement before, JsonElement now) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
        {
            foreach (string field in (string[])["loss", "cumulativeLoss", "validationLoss", "learningRate"])
            {
                Assert.Equal(before.GetProperty(field).GetDouble(), now.GetProperty(field).GetDouble(), LossTolerance);
            }
        }
    }

    /// <param name="service">The current service.</param>
    /// <param name="predictions">The recorded predictions.</param>
    /// <param name="model">The model to use; null for the recorded model.</param>
    /// <param name="minTemperature">The smallest temperature of the model; null for the recorded model, which has none.</param>
    private static async Task AssertPredictionsAsync(Service service, IEnumerable<JsonElement> predictions, string? model = null, double? minTemperature = null)
    {
        foreach (JsonElement prediction in predictions)
        {
            using HttpResponseMessage response = await service.PredictAsync(Digits.Png(prediction.GetProperty("image").GetInt32()), $"?model={model ?? Text(prediction, "model")}");
            JsonElement answer = await Service.ReadJsonAsync(response);
            Assert.Equal(10, answer.GetProperty("probabilities").GetArrayLength());
            double[] old = Probabilities(prediction);
            double temperature = minTemperature is null ? 1 : SpreadOf(old) / SpreadOf(Probabilities(answer));
            Assert.InRange(temperature, 0.999 * (minTemperature ?? 1), double.MaxValue);
            double[] scaled = [.. old.Select(probability => Math.Pow(probability, 1 / temperature))];
            Assert.All(
                scaled.Zip(answer.GetProperty("probabilities").EnumerateArray()),
                pair => Assert.Equal(pair.First / scaled.Sum(), pair.Second.GetDouble(), ProbabilityTolerance));
        }
    }

    private static double[] Probabilities(JsonElement answer) => [.. answer.GetProperty("probabilities").EnumerateArray().Select(probability => probability.GetDouble())];

    /// <summary>The difference between the largest and the smallest logit.</summary>
    private static double SpreadOf(double[] probabilities) => Math.Log(probabilities.Max() / probabilities.Min());

    private static async Task<string> TrainAsync(Service service, string idempotencyKey)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/train") { Content = Requests.Body(Encoding.UTF8.GetBytes("{}"), "application/json") };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        using HttpResponseMessage response = await service.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return Id(JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    private static string Id(JsonElement item) => Text(item, "id");

    private static string Text(JsonElement item, string field) => item.GetProperty(field).GetString()!;

    private static IEnumerable<string> Distinct(IEnumerable<string> values) => values.Distinct().Order(StringComparer.Ordinal);
}
