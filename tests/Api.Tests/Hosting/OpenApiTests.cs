using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using RnnService.Testing;

namespace RnnService.Api.Tests.Hosting;

public sealed partial class OpenApiTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task Every_endpoint_has_a_summary_and_documents_every_status()
    {
        JsonElement document = await DocumentAsync();

        Assert.Equal(
            [
                "DELETE /jobs/{id} 204 404 409",
                "DELETE /models/{id} 204 404 409",
                "GET /health/live 200",
                "GET /health/ready 200 503",
                "GET /jobs 200 400",
                "GET /jobs/{id} 200 404",
                "GET /jobs/{id}/events 200 400 404",
                "GET /jobs/{id}/progress 200 204 400 404",
                "GET /models 200 400",
                "GET /models/active 200 404",
                "GET /models/{id} 200 404",
                "GET /models/{id}/misread 200 400 404 409 503",
                "GET /models/{id}/model.onnx 200 404 503",
                "GET /models/{id}/weights.safetensors 200 404 503",
                "GET /v2 200",
                "GET /v2/health/live 200",
                "GET /v2/health/ready 200 503",
                "GET /v2/models/{name} 200 404",
                "GET /v2/models/{name}/ready 200 404 503",
                "GET /v2/models/{name}/versions/{version} 200 404",
                "GET /v2/models/{name}/versions/{version}/ready 200 404 503",
                "POST /jobs/{id}/cancel 202 404 409",
                "POST /jobs/{id}/resume 202 404 409 429",
                "POST /predict 200 400 404 409 413 415 422 503",
                "POST /predict/batch 200 400 404 409 413 415 503",
                "POST /train 202 400 413 415 429 503",
                "POST /v2/models/{name}/infer 200 400 404 409 413 415 503",
                "POST /v2/models/{name}/versions/{version}/infer 200 400 404 409 413 415 503",
                "PUT /models/active 200 400 404 413 415 503",
            ],
            Operations(document).Select(endpoint => $"{endpoint.Name} {string.Join(' ', endpoint.Operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal));
        Assert.All(Operations(document), endpoint =>
        {
            Assert.NotEmpty(endpoint.Operation.GetProperty("summary").GetString()!);
            Assert.All(endpoint.Operation.GetProperty("responses").EnumerateObject(), response =>
                Assert.EndsWith(".", response.Value.GetProperty("description").GetString(), StringComparison.Ordinal));
            Assert.All(endpoint.Operation.GetProperty("responses").EnumerateObject().Where(response => response.Name is not ("204" or "202")), response =>
                Assert.NotEmpty(response.Value.GetProperty("content").EnumerateObject()));
        });
    }

    [Fact]
    public async Task Images_are_documented_as_file_uploads()
    {
        JsonElement content = (await DocumentAsync()).GetProperty("paths").GetProperty("/predict").GetProperty("post").GetProperty("requestBody").GetProperty("content");

        Assert.Equal("binary", content.GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties").GetProperty("image").GetProperty("format").GetString());
        foreach (string mediaType in new[] { "image/png", "image/jpeg", "image/webp" })
        {
            Assert.Equal("binary", content.GetProperty(mediaType).GetProperty("schema").GetProperty("format").GetString());
        }

        JsonElement many = (await DocumentAsync()).GetProperty("paths").GetProperty("/predict/batch").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        JsonElement files = Assert.Single(many.EnumerateObject()).Value.GetProperty("schema").GetProperty("properties").GetProperty("image");
        Assert.Equal(("array", 256, "binary"), (files.GetProperty("type").GetString(), files.GetProperty("maxItems").GetInt32(), files.GetProperty("items").GetProperty("format").GetString()));
    }

    [Fact]
    public async Task Both_responses_of_predictions_are_documented()
    {
        JsonElement predict = (await DocumentAsync()).GetProperty("paths").GetProperty("/predict").GetProperty("post");

        JsonElement schema = predict.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal(["PredictionResponse", "EachPredictionResponse"], schema.GetProperty("oneOf").EnumerateArray().Select(one => one.GetProperty("$ref").GetString()!.Split('/')[^1]));
        JsonElement Schema(string name) => predict.GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == name).GetProperty("schema");
        Assert.Equal(["auto", "true", "false"], Schema("fit").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(("auto", "boolean"), (Schema("fit").GetProperty("default").GetString(), Schema("each").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Training_options_have_ranges_defaults_and_examples()
    {
        JsonElement fields = (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty("TrainRequest").GetProperty("properties");

        JsonElement epochs = fields.GetProperty("epochs");
        Assert.Equal((1, 1000, 13, 2), (epochs.GetProperty("minimum").GetInt32(), epochs.GetProperty("maximum").GetInt32(), epochs.GetProperty("default").GetInt32(), epochs.GetProperty("example").GetInt32()));
        Assert.All(fields.EnumerateObject(), field => Assert.NotEmpty(field.Value.GetProperty("description").GetString()!));
        Assert.Equal((0, 0.9), (fields.GetProperty("dropout").GetProperty("minimum").GetDouble(), fields.GetProperty("dropout").GetProperty("maximum").GetDouble()));
        Assert.Equal("constant", fields.GetProperty("schedule").GetProperty("default").GetString());
        Assert.Equal("normal", fields.GetProperty("priority").GetProperty("default").GetString());
        Assert.Equal("boolean", fields.GetProperty("bidirectional").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Swagger_UI_is_served()
    {
        string page = await service.Http.GetStringAsync("/swagger");

        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_http_file_calls_only_existing_endpoints()
    {
        Regex[] paths = [.. Operations(await DocumentAsync()).Select(endpoint => new Regex($"^{Parameter().Replace(Regex.Escape(endpoint.Name).Replace("\\ ", " ", StringComparison.Ordinal), "[^/?]+")}(\\?|$)"))];
        string[] requests = [.. (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "RnnService.http")))
            .Where(line => line.Contains(" {{host}}", StringComparison.Ordinal))
            .Select(line => line.Replace("{{host}}", "", StringComparison.Ordinal))];

        Assert.True(requests.Length > 10);
        Assert.All(requests, request => Assert.Contains(paths, path => path.IsMatch(request)));
    }

    [Fact]
    public async Task Query_parameters_have_ranges_and_values()
    {
        JsonElement[] parameters = [.. (await DocumentAsync()).GetProperty("paths").GetProperty("/jobs").GetProperty("get").GetProperty("parameters").EnumerateArray()];
        JsonElement Schema(string name) => parameters.Single(parameter => parameter.GetProperty("name").GetString() == name).GetProperty("schema");

        Assert.Equal((1, 100, 20), (Schema("limit").GetProperty("minimum").GetInt32(), Schema("limit").GetProperty("maximum").GetInt32(), Schema("limit").GetProperty("default").GetInt32()));
        Assert.Equal(["queued", "running", "cancelling", "succeeded", "failed", "cancelled"], Schema("status").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("image/png")]
    public async Task Errors_are_problem_details_for_any_Accept_header(string accept)
    {
        foreach (string path in new[] { "/jobs/seven/progress", "/nowhere", "/jobs?limit=0" })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
            using HttpResponseMessage response = await service.Http.SendAsync(request);

            await Problems.AssertAsync(response, path == "/jobs?limit=0" ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound, ".");
        }
    }

    [Fact]
    public async Task Unknown_paths_and_methods_refer_to_the_documentation()
    {
        await Problems.AssertAsync(await service.Http.GetAsync("/nowhere"), HttpStatusCode.NotFound, "There is no resource at /nowhere. /swagger lists all endpoints.");
        await Problems.AssertAsync(await service.Http.GetAsync("/train"), HttpStatusCode.MethodNotAllowed, "/train does not support GET");
    }

    private Task<JsonElement> DocumentAsync() => service.GetAsync("/swagger/v1/swagger.json");

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path =>
            path.Value.EnumerateObject().Select(method => ($"{method.Name.ToUpperInvariant()} {path.Name}", method.Value)));

    [GeneratedRegex(@"\\\{[a-z]+}")]
    private static partial Regex Parameter();
}
