using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace RnnService.Api.Tests.OpenInference;

/// <summary>Health and metadata in the format of the specification: https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol.</summary>
public sealed class OpenInferenceModelTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    private const string Tensors = """
        "platform":"rnn-service","inputs":[{"name":"image","datatype":"FP32","shape":[-1,28,28]}],"outputs":[{"name":"probabilities","datatype":"FP32","shape":[-1,10]},{"name":"digit","datatype":"INT64","shape":[-1]}]}
        """;

    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Server_metadata_and_health_follow_the_specification()
    {
        JsonElement server = await service.GetAsync("/v2");

        Assert.Equal(["name", "version", "extensions"], server.EnumerateObject().Select(field => field.Name));
        Assert.Equal("RnnService", server.GetProperty("name").GetString());
        Assert.NotEmpty(server.GetProperty("version").GetString()!);
        Assert.Equal("[]", server.GetProperty("extensions").GetRawText());
        Assert.Equal("""{"live":true}""", await service.Http.GetStringAsync("/v2/health/live"));
        Assert.Equal("""{"live":true,"ready":true}""", await service.Http.GetStringAsync("/v2/health/ready"));
    }

    [Fact]
    public async Task Model_metadata_lists_each_trained_model_as_a_version()
    {
        await service.TrainAsync();
        string[] versions = [.. (await service.GetAsync("/models")).GetProperty("data").EnumerateArray().Select(model => model.GetProperty("version").GetInt32()).Order().Select(number => $"\"{number}\"")];
        string expected = $$"""{"name":"digits","versions":[{{string.Join(',', versions)}}],{{Tensors}}""";

        Assert.Equal(expected, await service.Http.GetStringAsync("/v2/models/digits"));
        Assert.Equal(expected, await service.Http.GetStringAsync("/v2/models/digits/versions/1"));
        Assert.Equal("""{"name":"digits","ready":true}""", await service.Http.GetStringAsync("/v2/models/digits/ready"));
        Assert.Equal("""{"name":"digits","ready":true}""", await service.Http.GetStringAsync("/v2/models/digits/versions/1/ready"));
    }

    [Theory]
    [InlineData("/v2/models/letters", "There is no model 'letters'. The only model is 'digits': GET /v2/models/digits.")]
    [InlineData("/v2/models/letters/ready", "There is no model 'letters'.")]
    [InlineData("/v2/models/letters/versions/1/ready", "There is no model 'letters'.")]
    [InlineData("/v2/models/digits/versions/1000", "The model 'digits' has no version '1000'. GET /v2/models/digits lists its versions; POST /train adds one.")]
    [InlineData("/v2/models/digits/versions/1000/ready", "The model 'digits' has no version '1000'.")]
    [InlineData("/v2/models/digits/versions/one", "The model 'digits' has no version 'one'.")]
    [InlineData("/v2/models/digits/versions/-1", "The model 'digits' has no version '-1'.")]
    [InlineData("/v2/models/digits/versions/99999999999", "The model 'digits' has no version '99999999999'.")]
    [InlineData("/v2/nowhere", "There is no resource at /v2/nowhere. /swagger lists all endpoints.")]
    public async Task Unknown_models_versions_and_paths_return_404(string path, string error) =>
        await OpenInferenceErrors.AssertAsync(await service.Http.GetAsync(path), HttpStatusCode.NotFound, error);

    [Fact]
    public async Task An_unsupported_method_returns_405() =>
        await OpenInferenceErrors.AssertAsync(await service.Http.GetAsync("/v2/models/digits/infer"), HttpStatusCode.MethodNotAllowed, "/v2/models/digits/infer does not support GET");

    [Fact]
    public async Task Without_a_model_the_server_is_live_but_not_ready()
    {
        await using Service fresh = new();

        Assert.Equal("""{"live":true}""", await fresh.Http.GetStringAsync("/v2/health/live"));
        Assert.Equal($$"""{"name":"digits","versions":[],{{Tensors}}""", await fresh.Http.GetStringAsync("/v2/models/digits"));
        await AssertNotReadyAsync(fresh, "/v2/health/ready", """{"live":true,"ready":false}""");
        await AssertNotReadyAsync(fresh, "/v2/models/digits/ready", """{"name":"digits","ready":false}""");
        await OpenInferenceErrors.AssertAsync(await fresh.PostJsonAsync("/v2/models/digits/infer", Digits.InferRequest(1)), HttpStatusCode.Conflict, "Train one with POST /train");
    }

    [Fact]
    public async Task A_deleted_version_is_not_listed_and_returns_404()
    {
        await using Service fresh = new();
        string first = (await fresh.TrainAsync()).GetProperty("modelId").GetString()!;
        await fresh.TrainAsync();
        JsonElement before = await (await fresh.PostJsonAsync("/v2/models/digits/versions/1/infer", Digits.InferRequest(1))).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("1", before.GetProperty("model_version").GetString());

        using HttpResponseMessage deleted = await fresh.Http.DeleteAsync($"/models/{first}");

        Assert.Equal("""["2"]""", (await fresh.GetAsync("/v2/models/digits")).GetProperty("versions").GetRawText());
        await OpenInferenceErrors.AssertAsync(await fresh.PostJsonAsync("/v2/models/digits/versions/1/infer", Digits.InferRequest(1)), HttpStatusCode.NotFound, "has no version '1'");
    }

    private static async Task AssertNotReadyAsync(Service service, string path, string expected)
    {
        using HttpResponseMessage answer = await service.Http.GetAsync(path);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, expected), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }
}
