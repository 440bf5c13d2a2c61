using System.Net;
using System.Text.Json;

namespace RnnService.Api.Tests.Training;

/// <summary>The training options that result from a request, including defaults for omitted fields.</summary>
public sealed class TrainRequestTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task Every_field_is_applied()
    {
        const string request = """{"preset":"fast","network":"gru","hiddenSize":8,"layers":2,"bidirectional":true,"reading":"rowsAndColumns","members":2,"epochs":3,"batchSize":50,"learningRate":0.002,"schedule":"constant","maxGradientNorm":5,"weightAveraging":0.99,"augmentation":"shift","unaugmentedEpochs":1,"dropout":0.1,"patience":2,"seed":9,"dataset":"mnist","trainingImages":400}""";

        Assert.Equal(request, (await OptionsAsync(request)).GetRawText());
    }

    [Fact]
    public async Task Omitted_fields_have_the_values_of_the_preset()
    {
        JsonElement fast = await OptionsAsync("""{"preset": "fast", "epochs": 2}""");
        JsonElement accurate = await OptionsAsync("""{"preset": "accurate", "epochs": 9}""");
        JsonElement overridden = await OptionsAsync("""{"preset": "accurate", "unaugmentedEpochs": 0}""");
        JsonElement plain = await OptionsAsync("""{"preset": "accurate", "augmentation": "none"}""");

        Assert.Equal(("fast", 2, "oneCycle", 1), (fast.GetProperty("preset").GetString(), fast.GetProperty("epochs").GetInt32(), fast.GetProperty("schedule").GetString(), fast.GetProperty("maxGradientNorm").GetDouble()));
        Assert.Equal((true, "rowsOrColumns", 9), (accurate.GetProperty("bidirectional").GetBoolean(), accurate.GetProperty("reading").GetString(), accurate.GetProperty("epochs").GetInt32()));
        Assert.Equal(("distort", 2), (accurate.GetProperty("augmentation").GetString(), accurate.GetProperty("unaugmentedEpochs").GetInt32()));
        Assert.Equal((0, 0), (overridden.GetProperty("unaugmentedEpochs").GetInt32(), plain.GetProperty("unaugmentedEpochs").GetInt32()));
        JsonElement robust = await OptionsAsync("""{"preset": "robust"}""");
        Assert.Equal(("robust", "handwriting", 4, "rowsOrColumns"), (robust.GetProperty("preset").GetString(), robust.GetProperty("augmentation").GetString(), robust.GetProperty("members").GetInt32(), robust.GetProperty("reading").GetString()));
        Assert.Equal((16, 1), (robust.GetProperty("epochs").GetInt32(), robust.GetProperty("unaugmentedEpochs").GetInt32()));
        JsonElement single = await OptionsAsync("""{"preset": "robust", "members": 1}""");
        Assert.Equal((1, "rows"), (single.GetProperty("members").GetInt32(), single.GetProperty("reading").GetString()));
    }

    [Fact]
    public async Task A_feed_forward_network_ignores_the_recurrent_options_of_the_preset()
    {
        JsonElement options = await OptionsAsync("""{"preset": "accurate", "network": "fnn"}""");
        JsonElement robust = await OptionsAsync("""{"preset": "robust", "network": "fnn"}""");

        Assert.Equal(("fnn", false, "rows"), (options.GetProperty("network").GetString(), options.GetProperty("bidirectional").GetBoolean(), options.GetProperty("reading").GetString()));
        Assert.Equal("distort", options.GetProperty("augmentation").GetString());
        Assert.Equal(("rows", 1), (robust.GetProperty("reading").GetString(), robust.GetProperty("members").GetInt32()));
    }

    [Fact]
    public async Task Recurrent_options_of_a_feed_forward_network_are_rejected_with_all_other_errors()
    {
        using HttpResponseMessage response = await service.PostJsonAsync("/train", """{"network": "fnn", "bidirectional": true, "reading": "rowsAndColumns", "epochs": 0, "patience": 1.5}""");

        JsonElement problem = await Problems.AssertAsync(response, HttpStatusCode.BadRequest, "bidirectional: applies only to recurrent networks: omit it, or use the network lstm, gru or rnn.");
        Assert.Equal(["bidirectional", "epochs", "patience", "reading"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task A_feed_forward_network_accepts_the_default_recurrent_options()
    {
        JsonElement options = await OptionsAsync("""{"network": "fnn", "bidirectional": false, "reading": "rows", "members": 1}""");

        Assert.Equal("fnn", options.GetProperty("network").GetString());
    }

    [Theory]
    [InlineData("lstm", 1, false, "rows")]
    [InlineData("lstm", 2, true, "rowsAndColumns")]
    [InlineData("gru", 2, true, "rows")]
    [InlineData("rnn", 1, false, "rowsAndColumns")]
    [InlineData("fnn", 2, false, "rows")]
    public async Task Every_network_type_can_be_trained_and_downloaded(string network, int layers, bool bidirectional, string reading)
    {
        JsonElement job = await service.TrainAsync(JsonSerializer.Serialize(new { network, layers, bidirectional, reading, epochs = 1, hiddenSize = 8, trainingImages = 200 }));

        Assert.Equal("succeeded", job.GetProperty("status").GetString());
        string model = $"/models/{job.GetProperty("modelId").GetString()}";
        Assert.Equal(network, (await service.GetAsync(model)).GetProperty("network").GetString());
        foreach (string file in new[] { "weights.safetensors", "model.onnx" })
        {
            using HttpResponseMessage download = await service.Http.GetAsync($"{model}/{file}");
            Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        }
    }

    [Fact]
    public async Task A_job_stopped_early_by_patience_succeeds_with_fewer_epochs()
    {
        JsonElement job = await service.TrainAsync("""{"epochs": 1000, "patience": 1, "hiddenSize": 4, "trainingImages": 100, "learningRate": 0.000001}""");

        Assert.Equal("succeeded", job.GetProperty("status").GetString());
        Assert.InRange(job.GetProperty("epochs").GetArrayLength(), 2, 999);
        Assert.Equal(JsonValueKind.Null, job.GetProperty("estimatedFinishAt").ValueKind);
    }

    /// <summary>Starts a training job, cancels it, and returns its options, which are stored unchanged.</summary>
    private async Task<JsonElement> OptionsAsync(string request)
    {
        using HttpResponseMessage response = await service.PostJsonAsync("/train", request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{response.Headers.Location}/cancel", content: null);
        JsonElement options = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("options");
        Assert.Equal(options.GetRawText(), (await service.GetAsync($"{response.Headers.Location}")).GetProperty("options").GetRawText());
        return options;
    }
}
