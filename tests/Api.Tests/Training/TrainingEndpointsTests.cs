using System.Net;
using System.Text;
using System.Text.Json;

namespace RnnService.Api.Tests.Training;

public sealed class TrainingEndpointsTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task The_response_has_the_queued_job_and_its_location()
    {
        using HttpResponseMessage response = await service.PostJsonAsync("/train", Service.QuickTraining);

        JsonElement job = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/jobs/{job.GetProperty("id").GetString()}", response.Headers.Location!.ToString());
        Assert.Equal("queued", job.GetProperty("status").GetString());
        Assert.EndsWith("Z", job.GetProperty("createdAt").GetString(), StringComparison.Ordinal);
        Assert.Equal(7, job.GetProperty("id").GetGuid().Version);
    }

    [Fact]
    public async Task Without_a_body_the_preset_is_article()
    {
        using HttpResponseMessage response = await service.Http.PostAsync("/train", content: null);

        JsonElement job = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(
            """{"preset":"article","network":"lstm","hiddenSize":256,"layers":1,"bidirectional":false,"reading":"rows","members":1,"epochs":13,"batchSize":100,"learningRate":0.001,"schedule":"constant","maxGradientNorm":null,"weightAveraging":0,"augmentation":"none","unaugmentedEpochs":0,"dropout":0,"patience":null,"seed":1,"dataset":"mnist","trainingImages":null}""",
            job.GetProperty("options").GetRawText());
        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{response.Headers.Location}/cancel", content: null);
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
    }

    [Fact]
    public async Task A_repeated_idempotency_key_returns_the_same_job()
    {
        string first = await StartAsync("spring");
        string again = await StartAsync("spring");
        string other = await StartAsync("summer");

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        await Problems.AssertAsync(await SendAsync(new string('x', 201)), HttpStatusCode.BadRequest, "Idempotency-Key: must have 1 to 200 characters.");
    }

    [Fact]
    public async Task All_errors_are_reported_together()
    {
        using HttpResponseMessage response = await service.PostJsonAsync(
            "/train",
            """{"epochs": -1, "hiddenSize": 0, "batchSize": "many", "learningRate": 7, "network": "abacus", "dataset": "cats", "layers": 5, "bidirectional": 1, "color": "red", "seed": 1.5}""");

        JsonElement problem = await Problems.AssertAsync(response, HttpStatusCode.BadRequest, "epochs: must be from 1 to 1000.");
        Assert.Equal(
            ["batchSize", "bidirectional", "color", "dataset", "epochs", "hiddenSize", "layers", "learningRate", "network", "seed"],
            problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Theory]
    [InlineData("""{"epochs": -1}""", "epochs: must be from 1 to 1000.")]
    [InlineData("\ufeff{\"epochs\": -1}", "epochs: must be from 1 to 1000.")]
    [InlineData("""{"epochs": 1001}""", "epochs: must be from 1 to 1000.")]
    [InlineData("""{"hiddenSize": 0}""", "hiddenSize: must be from 1 to 1024.")]
    [InlineData("""{"batchSize": 0}""", "batchSize: must be from 1 to 1000.")]
    [InlineData("""{"batchSize": 1000, "hiddenSize": 512, "layers": 4, "bidirectional": true, "reading": "rowsAndColumns"}""", "batchSize: must be at most 222 for a network of this size")]
    [InlineData("""{"hiddenSize": 1024, "layers": 4, "bidirectional": true}""", "hiddenSize: results in a network with 84201482 parameters, but the maximum is 45000000.")]
    [InlineData("""{"learningRate": 0}""", "learningRate: must be from 0.000001 to 1.")]
    [InlineData("""{"learningRate": 1e999}""", "learningRate: must be")]
    [InlineData("""{"layers": 5}""", "layers: must be from 1 to 4.")]
    [InlineData("""{"bidirectional": "yes"}""", "bidirectional: must be true or false, not \"yes\".")]
    [InlineData("""{"reading": "columns"}""", "reading: must be one of rows, rowsAndColumns, rowsOrColumns, not \"columns\".")]
    [InlineData("""{"members": 5}""", "members: must be from 1 to 4.")]
    [InlineData("""{"reading": "rowsOrColumns"}""", "reading: can be rowsOrColumns only for a network with several members")]
    [InlineData("""{"members": 2, "network": "fnn"}""", "members: applies only to recurrent networks")]
    [InlineData("""{"schedule": "cosine"}""", "schedule: must be one of constant, oneCycle, not \"cosine\".")]
    [InlineData("""{"maxGradientNorm": 0}""", "maxGradientNorm: must be from 0.001 to 1000.")]
    [InlineData("""{"weightAveraging": 1}""", "weightAveraging: must be from 0 to 0.9999.")]
    [InlineData("""{"augmentation": true}""", "augmentation: must be one of none, shift, distort, handwriting, not true.")]
    [InlineData("""{"unaugmentedEpochs": -1}""", "unaugmentedEpochs: must be from 0 to 1000.")]
    [InlineData("""{"dropout": 0.95}""", "dropout: must be from 0 to 0.9.")]
    [InlineData("""{"patience": 0}""", "patience: must be from 1 to 1000.")]
    [InlineData("""{"seed": -1}""", "seed: must be from 0 to 2147483647.")]
    [InlineData("""{"trainingImages": 0}""", "trainingImages: must be at least 1.")]
    [InlineData("""{"trainingImages": 55001}""", "trainingImages: must be at most 55000, the number of training images of mnist.")]
    [InlineData("""{"epochs": "3"}""", "epochs: must be a whole number, not \"3\".")]
    [InlineData("""{"epochs": 99999999999}""", "epochs: must be a whole number")]
    [InlineData("""{"learningRate": true}""", "learningRate: must be a number, not true.")]
    [InlineData("""{"dataset": 5}""", "dataset: must be a string, not 5.")]
    [InlineData("""{"dataset": "cats"}""", "dataset: must be one of mnist, not 'cats'.")]
    [InlineData("""{"preset": "best"}""", "preset: must be one of article, fast, accurate, robust, not \"best\".")]
    [InlineData("""{"network": 0}""", "network: must be one of lstm, gru, rnn, fnn, not 0.")]
    [InlineData("""{"epoch": 3}""", "epoch: is not a field of this request. The fields are preset, network, hiddenSize, layers, bidirectional, reading, members, epochs, batchSize, learningRate, schedule, maxGradientNorm, weightAveraging, augmentation, unaugmentedEpochs, dropout, patience, seed, dataset, trainingImages, priority.")]
    [InlineData("""{"Epochs": 3}""", "Epochs: is not a field of this request.")]
    [InlineData("""{"epochs": 3, "epochs": 4}""", "not valid JSON")]
    [InlineData("""{"epochs": 3""", "not valid JSON")]
    [InlineData("""{"epochs": 3} {}""", "not valid JSON")]
    [InlineData("epochs=3", "not valid JSON")]
    [InlineData("[1]", "not an object")]
    [InlineData("null", "not an object")]
    [InlineData("""{"\ud800": 1}""", "missing low surrogate")]
    [InlineData("""{"dataset": "\ud800"}""", "dataset: must be a string")]
    public async Task Invalid_requests_are_rejected_with_advice(string request, string detail)
    {
        using HttpResponseMessage response = await service.PostJsonAsync("/train", request);

        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, detail);
    }

    [Fact]
    public async Task A_body_without_a_JSON_content_type_is_rejected()
    {
        using HttpResponseMessage response = await service.Http.PostAsync("/train", new StringContent("{}", Encoding.UTF8, "application/x-www-form-urlencoded"));

        await Problems.AssertAsync(response, HttpStatusCode.UnsupportedMediaType, "Set Content-Type to one that /swagger lists for it, such as application/json.");
    }

    [Fact]
    public async Task Error_responses_are_limited_in_size()
    {
        string fields = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"f{i}\":0"));
        using HttpResponseMessage many = await service.PostJsonAsync("/train", $"{{{fields}}}");
        using HttpResponseMessage big = await service.PostJsonAsync("/train", $$"""{"epochs": "{{new string('x', 50_000)}}"}""");

        await Problems.AssertAsync(many, HttpStatusCode.BadRequest, "f0: is not a field");
        await Problems.AssertAsync(big, HttpStatusCode.BadRequest, "epochs: must be a whole number");
        Assert.InRange((await many.Content.ReadAsStringAsync()).Length, 1, 30_000);
        Assert.InRange((await big.Content.ReadAsStringAsync()).Length, 1, 2_000);
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_rejected()
    {
        using HttpResponseMessage response = await service.Http.PostAsync("/train", Requests.Body([.. "{\"dataset\": \""u8, 0xff, .. "\"}"u8], "application/json"));

        await Problems.AssertAsync(response, HttpStatusCode.BadRequest, "not valid UTF-8");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_rejected()
    {
        using HttpResponseMessage response = await service.PostJsonAsync("/train", $$"""{"dataset": "{{new string('x', 100_000)}}"}""");

        await Problems.AssertAsync(response, HttpStatusCode.RequestEntityTooLarge, "Send a smaller body");
    }

    [Fact]
    public async Task The_same_request_gives_the_same_weights()
    {
        JsonElement first = await service.TrainAsync();
        JsonElement again = await service.TrainAsync();
        JsonElement other = await service.TrainAsync("""{"epochs": 2, "hiddenSize": 16, "trainingImages": 500, "seed": 2}""");

        Dictionary<string, string> hashes = (await service.GetAsync("/models?limit=100")).GetProperty("data").EnumerateArray()
            .ToDictionary(model => model.GetProperty("id").GetString()!, model => model.GetProperty("sha256").GetString()!);
        string Hash(JsonElement job) => hashes[job.GetProperty("modelId").GetString()!];
        Assert.Equal(Hash(first), Hash(again));
        Assert.NotEqual(Hash(first), Hash(other));
    }

    private Task<HttpResponseMessage> SendAsync(string key) => service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/train")
    {
        Content = new StringContent(Service.QuickTraining, Encoding.UTF8, "application/json"),
        Headers = { { "Idempotency-Key", key } },
    });

    private async Task<string> StartAsync(string key)
    {
        using HttpResponseMessage response = await SendAsync(key);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return response.Headers.Location!.ToString();
    }
}
