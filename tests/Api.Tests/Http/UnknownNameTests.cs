using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnService.Api.Tests.Http;

public sealed partial class UnknownNameTests(Service service) : IClassFixture<Service>
{
    [Theory]
    [InlineData("/jobs?limt=5", "limt: is not a query parameter of GET /jobs. Its parameters are status, after, limit. Did you mean limit?")]
    [InlineData("/jobs?stauts=queued", "Did you mean status?")]
    [InlineData("/jobs?before=1", "before: is not a query parameter of GET /jobs. Its parameters are status, after, limit.")]
    [InlineData("/models?cancellation=1", "Its parameters are after, limit.")]
    [InlineData("/models/1/misread?acutal=4&predict=9", "acutal: is not a query parameter of GET /models/1/misread. Its parameters are actual, predicted, after, limit. Did you mean actual? predict: is")]
    [InlineData("/jobs/1?id=2", "id: is not a query parameter of GET /jobs/1. It has none.")]
    [InlineData("/health/live?x=1", "x: is not a query parameter of GET /health/live. It has none.")]
    [InlineData("/jobs/1/progress?Last-Event-ID=1", "Last-Event-ID: is not a query parameter of GET /jobs/1/progress. It has none.")]
    public async Task A_query_parameter_is_refused_and_the_nearest_named(string path, string detail) =>
        await Problems.AssertAsync(await service.Http.GetAsync(path), HttpStatusCode.BadRequest, detail);

    [Theory]
    [InlineData("/predict?fti=true", "Its parameters are invert, fit, trace, each, model. Did you mean fit?")]
    [InlineData("/predict/batch?inverted=true", "Did you mean invert?")]
    [InlineData("/train?epochs=3", "epochs: is not a query parameter of POST /train. It has none.")]
    public async Task It_is_refused_before_the_body_is_read(string path, string detail)
    {
        JsonElement problem = await Problems.AssertAsync(await service.Http.PostAsync(path, Requests.Body("no image"u8.ToArray(), path.StartsWith("/train", StringComparison.Ordinal) ? "application/json" : "text/plain")), HttpStatusCode.BadRequest, detail);

        Assert.Single(problem.GetProperty("errors").EnumerateObject());
    }

    [Fact]
    public async Task Every_call_of_the_document_refuses_an_unknown_query_parameter()
    {
        JsonElement document = await service.GetAsync("/swagger/v1/swagger.json");
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty call in path.Value.EnumerateObject())
            {
                using HttpRequestMessage request = new(new HttpMethod(call.Name), $"{Parameter().Replace(path.Name, "1")}?surprise=1");
                using HttpResponseMessage answer = await service.Http.SendAsync(request);
                string body = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && body.Contains("surprise", StringComparison.Ordinal), $"{call.Name} {path.Name}: {answer.StatusCode} {body}");
            }
        }
    }

    [Fact]
    public async Task Documented_query_parameters_are_known_in_any_case()
    {
        JsonElement document = await service.GetAsync("/swagger/v1/swagger.json");
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty call in path.Value.EnumerateObject().Where(call => call.Value.TryGetProperty("parameters", out _)))
            {
                string[] names = [.. call.Value.GetProperty("parameters").EnumerateArray()
                    .Where(parameter => parameter.GetProperty("in").GetString() == "query")
                    .Select(parameter => parameter.GetProperty("name").GetString()!.ToUpperInvariant())];
                using HttpRequestMessage request = new(new HttpMethod(call.Name), $"{Parameter().Replace(path.Name, "1")}?{string.Join('&', names.Select(name => $"{name}=1"))}");

                // No call accepts it, so that no training starts.
                request.Content = call.Name == "get" ? null : Requests.Body("[]"u8.ToArray(), "application/json");
                using HttpResponseMessage answer = await service.Http.SendAsync(request);
                Assert.DoesNotContain("is not a query parameter", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/?surprise=1")]
    [InlineData("/js/app.js?v=2")]
    [InlineData("/swagger/index.html?surprise=1")]
    [InlineData("/hangfire?surprise=1")]
    public async Task Files_and_dashboards_accept_any(string path)
    {
        using HttpResponseMessage answer = await service.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Under_v2_the_error_has_the_protocols_format()
    {
        using HttpResponseMessage answer = await service.Http.GetAsync("/v2/models/digits?verison=1");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "verison: is not a query parameter of GET /v2/models/digits. Its parameters are version. Did you mean version?",
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("""{"epoch": 3}""", "epoch: is not a field of this request.", "Did you mean epochs?")]
    [InlineData("""{"HiddenSize": 3}""", "HiddenSize: is not a field of this request.", "Did you mean hiddenSize?")]
    [InlineData("""{"bathcSize": 3}""", "bathcSize: is not a field of this request.", "Did you mean batchSize?")]
    [InlineData("""{"hidden": 3}""", "hidden: is not a field of this request.", "trainingImages, priority.")]
    public async Task A_json_field_is_refused_and_the_nearest_named(string json, string refusal, string end)
    {
        JsonElement problem = await Problems.AssertAsync(await service.PostJsonAsync("/train", json), HttpStatusCode.BadRequest, refusal);

        Assert.EndsWith(end, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [GeneratedRegex("{[a-z]+}")]
    private static partial Regex Parameter();
}
