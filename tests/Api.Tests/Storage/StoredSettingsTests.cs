using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Model.Checkpoints;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>Jobs and models whose stored settings were written by an earlier version or changed in the database.</summary>
public sealed class StoredSettingsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Fields_missing_from_settings_of_earlier_versions_get_default_values()
    {
        string job;
        await using (Service service = Start())
        {
            job = $"/jobs/{(await service.TrainAsync("""{"preset": "fast", "epochs": 1, "hiddenSize": 16, "trainingImages": 500}""")).GetProperty("id").GetString()}";
        }

        const string old = """{"preset":"article","network":"lstm","hiddenSize":16,"epochs":1,"batchSize":100,"learningRate":0.001,"seed":1,"dataset":"mnist","trainingImages":500}""";
        Database.Execute(directory, $"UPDATE jobs SET settings = '{old}'; UPDATE models SET settings = '{old}'");

        await using Service restarted = Start();

        JsonElement options = (await restarted.GetAsync(job)).GetProperty("options");
        Assert.Equal(
            """{"preset":"article","network":"lstm","hiddenSize":16,"layers":1,"bidirectional":false,"reading":"rows","members":1,"epochs":1,"batchSize":100,"learningRate":0.001,"schedule":"constant","maxGradientNorm":null,"weightAveraging":0,"augmentation":"none","unaugmentedEpochs":0,"dropout":0,"patience":null,"seed":1,"dataset":"mnist","trainingImages":500}""",
            options.GetRawText());
        Assert.Equal(options.GetRawText(), (await restarted.GetAsync("/models/active")).GetProperty("options").GetRawText());
        using HttpResponseMessage answer = await restarted.PredictAsync(PngWriter.Gray(Mnist.Data.Test.Pixels(0)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"preset": "fast"}""", 1)]
    [InlineData("""{"preset": "fast", "augmentation": "handwriting"}""", 2)]
    [InlineData("""{"preset": "fast", "members": 2}""", 2)]
    [InlineData("""{"preset": "robust"}""", 3)]
    [InlineData("""{"preset": "robust", "members": 1, "reading": "rows", "augmentation": "shift", "unaugmentedEpochs": 0}""", 2)]
    [InlineData("""{"preset": "fast", "unaugmentedEpochs": 1}""", 3)]
    [InlineData("""{"preset": "accurate"}""", 3)]
    public async Task Settings_that_earlier_versions_cannot_read_are_stored_with_a_later_version(string request, int version)
    {
        await using Service service = Start();

        await service.StartTrainingAsync(request);

        JsonElement stored = JsonElement.Parse(Database.Read(directory, "SELECT settings FROM jobs"));
        Assert.Equal(version, stored.GetProperty("version").GetInt32());
    }

    /// <summary>No valid learning rate makes Adam diverge reliably, so the job resumes with weights that overflow.</summary>
    [Fact]
    public async Task A_diverging_job_fails_with_advice()
    {
        string job;
        await using (Service service = Start())
        {
            job = await service.StartTrainingAsync("""{"epochs": 1000, "hiddenSize": 8, "trainingImages": 500}""");
            await service.WatchAsync(job).FirstAsync(item => item.EventType == "epoch");
        }

        Database.ReplaceCheckpoint(directory, content =>
        {
            Checkpoint checkpoint = CheckpointCodec.Decode(content);
            return CheckpointCodec.Encode(checkpoint with { Weights = [.. checkpoint.Weights.Select(tensor => tensor with { Values = new float[tensor.Values.Length].Select(_ => float.MaxValue).ToArray() })] });
        });

        await using Service restarted = Start();
        SseItem<string> last = await restarted.WatchAsync(job).LastAsync();

        Assert.Equal("failed", last.EventType);
        JsonElement failed = await restarted.GetAsync(job);
        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Equal("diverged", failed.GetProperty("error").GetProperty("code").GetString());
        Assert.Matches("^The loss is not finite after epoch [0-9]+, batch 1: .*lower learning rate", failed.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, failed.GetProperty("modelId").ValueKind);
    }

    private Service Start() => new(Database.In(directory), TimeProvider.System);
}
