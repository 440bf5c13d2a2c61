using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

/// <summary>Jobs and models whose settings were written by another version, or by another hand.</summary>
public sealed class StoredSettingsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Settings_from_before_there_were_more_kinds_of_network_have_the_defaults_for_what_they_lack()
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
            """{"preset":"article","network":"lstm","hiddenSize":16,"layers":1,"bidirectional":false,"reading":"rows","epochs":1,"batchSize":100,"learningRate":0.001,"schedule":"constant","maxGradientNorm":null,"weightAveraging":0,"augmentation":"none","dropout":0,"patience":null,"seed":1,"dataset":"mnist","trainingImages":500}""",
            options.GetRawText());
        Assert.Equal(options.GetRawText(), (await restarted.GetAsync("/models/active")).GetProperty("options").GetRawText());
        using HttpResponseMessage answer = await restarted.PredictAsync(PngWriter.Gray(Mnist.Data.Test.Pixels(0)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Within the ranges that a request may have, Adam does not surely diverge: this learning rate is none of them.</summary>
    [Fact]
    public async Task A_training_that_diverges_fails_and_says_what_to_do()
    {
        string job;
        await using (Service service = Start())
        {
            job = await service.StartTrainingAsync(Service.EndlessTraining);
        }

        Database.Execute(directory, "UPDATE jobs SET settings = json_set(settings, '$.learningRate', 1e37)");

        await using Service restarted = Start();
        SseItem<string> last = await restarted.WatchAsync(job).LastAsync();

        Assert.Equal("failed", last.EventType);
        JsonElement failed = await restarted.GetAsync(job);
        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Equal("diverged", failed.GetProperty("error").GetProperty("code").GetString());
        Assert.Matches("^The loss is not finite after epoch 1, batch [0-9]+: .*smaller learning rate", failed.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, failed.GetProperty("modelId").ValueKind);
    }

    private Service Start() => new(Database.In(directory), TimeProvider.System);
}
