using System.Net;
using System.Text.Json;

namespace RnnService.Api.Tests.OpenInference;

public sealed class InferValidationTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    private const string Path = "/v2/models/digits/infer";
    private const string Lists = "inputs[0].data: must be one list of 784 numbers, or nested lists of the shape [1, 28, 28].";

    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("[1, 27, 28]", "not [1, 27, 28].")]
    [InlineData("[0, 28, 28]", "not [0, 28, 28].")]
    [InlineData("[-1, 28, 28]", "not [-1, 28, 28].")]
    [InlineData("[257, 28, 28]", "not [257, 28, 28].")]
    [InlineData("[9223372036854775807, 28, 28]", "not [9223372036854775807, 28, 28].")]
    [InlineData("[1, 784]", "not [1, 784].")]
    [InlineData("[28, 28]", "not [28, 28].")]
    [InlineData("[]", "not [].")]
    [InlineData("null", "not [].")]
    public async Task Wrong_shapes_are_rejected(string shape, string end) =>
        await AssertRejectedAsync(Request(shape: shape), $"inputs[0].shape: must be [N, 28, 28] with N from 1 to 256, {end}");

    [Theory]
    [InlineData("\"FP64\"", "FP64")]
    [InlineData("\"fp32\"", "fp32")]
    [InlineData("null", "")]
    public async Task Wrong_datatypes_are_rejected(string datatype, string found) =>
        await AssertRejectedAsync(Request(datatype: datatype), $"inputs[0].datatype: must be FP32 or UINT8, not '{found}'.");

    [Theory]
    [InlineData("""{"inputs": []}""")]
    [InlineData("""{"inputs": null}""")]
    [InlineData("""{"inputs": [null]}""")]
    [InlineData("{}")]
    [InlineData("""{"inputs": [{"name": "image"}, {"name": "image"}]}""")]
    [InlineData("""{"inputs": [{"name": "picture", "shape": [1, 28, 28], "datatype": "UINT8", "data": []}]}""")]
    public async Task Wrong_inputs_are_rejected(string request) => await AssertRejectedAsync(request, "inputs: must be one tensor, named 'image'.");

    [Theory]
    [InlineData("[]")]
    [InlineData("[1, 2, 3]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"AAAA\"")]
    [InlineData("{\"b64\": \"AAAA\"}")]
    [InlineData("[[]]")]
    [InlineData("[[[1, 2]]]")]
    [InlineData("[[1, 2], [3]]")]
    public async Task Wrong_counts_and_nestings_are_rejected(string data)
    {
        await AssertRejectedAsync(Request(data: data), Lists);
        await AssertRejectedAsync(Request(datatype: "\"UINT8\"", data: data), Lists);
    }

    [Fact]
    public async Task Additional_elements_and_nesting_levels_are_rejected()
    {
        string image = Digits.Data(1, "UINT8", nested: true);

        foreach (string data in new[] { $"[{image}]", image[1..^1], image.Replace("]]]", ",0]]]", StringComparison.Ordinal), image.Replace("]]]", "]],[]]", StringComparison.Ordinal), "[0]" })
        {
            await AssertRejectedAsync(Request(datatype: "\"UINT8\"", data: data), Lists);
        }

        await AssertRejectedAsync(Digits.InferRequest(2).Replace("[2, 28, 28]", "[1, 28, 28]", StringComparison.Ordinal), Lists);
    }

    [Theory]
    [InlineData("FP32", "-0.01", "a number from 0 to 1")]
    [InlineData("FP32", "255", "a number from 0 to 1")]
    [InlineData("FP32", "3e38", "a number from 0 to 1")]
    [InlineData("FP32", "1e999", "a number from 0 to 1")]
    [InlineData("FP32", "\"NaN\"", "a number from 0 to 1")]
    [InlineData("FP32", "null", "a number from 0 to 1")]
    [InlineData("FP32", "[1]", "a number from 0 to 1")]
    [InlineData("UINT8", "256", "a whole number from 0 to 255")]
    [InlineData("UINT8", "-1", "a whole number from 0 to 255")]
    [InlineData("UINT8", "0.5", "a whole number from 0 to 255")]
    [InlineData("UINT8", "\"7\"", "a whole number from 0 to 255")]
    [InlineData("UINT8", "true", "a whole number from 0 to 255")]
    public async Task Invalid_numbers_are_rejected_with_their_position(string datatype, string number, string kind)
    {
        string data = $"[{string.Concat(Enumerable.Repeat("0,", 99))}{number}{string.Concat(Enumerable.Repeat(",0", 684))}]";

        await AssertRejectedAsync(Request(datatype: $"\"{datatype}\"", data: data), $"inputs[0].data: must have {kind} at every position, but has none at position 100.");
    }

    [Theory]
    [InlineData("""[{"name": "logits"}]""", "outputs[0].name: must be one of probabilities, digit, not 'logits'.")]
    [InlineData("""[{"name": "digit"}, {"name": "probabilities"}, {"name": "digit"}]""", "outputs[2].name: is 'digit' again. Request each output only once.")]
    [InlineData("""[{"name": "digit"}, null, {}]""", "outputs[1].name: must be one of probabilities, digit, not ''.")]
    public async Task Unknown_and_repeated_outputs_are_rejected(string outputs, string fault) =>
        await AssertRejectedAsync(Digits.InferRequest(1, more: $$""", "outputs": {{outputs}}"""), fault);

    [Fact]
    public async Task All_errors_are_reported_together()
    {
        string request = Request(shape: "[1]").Replace("]}", """], "outputs": [{"name": "logits"}]}""", StringComparison.Ordinal);

        await AssertRejectedAsync(request, "inputs[0].shape:");
        await AssertRejectedAsync(request, "outputs[0].name:");
    }

    [Theory]
    [InlineData("", "The body is not a valid request at")]
    [InlineData("seven", "The body is not a valid request at")]
    [InlineData("[]", "The body is not a valid request at")]
    [InlineData("null", "The body is null.")]
    [InlineData("""{"inputs": [{"data": [NaN]}]}""", "The body is not a valid request at")]
    [InlineData("""{"inputs": {"name": "image"}}""", "The body is not a valid request at $.inputs")]
    [InlineData("""{"inputs": [{"shape": ["1", 28, 28]}]}""", "The body is not a valid request at $.inputs[0].shape[0]")]
    [InlineData("""{"id": 42}""", "The body is not a valid request at $.id")]
    [InlineData("""{"id": "\ud800"}""", "The body is not a valid request at $.id")]
    [InlineData("""{"\ud800": 1}""", "The body is not a valid request at")]
    public async Task Invalid_JSON_is_rejected(string body, string error)
    {
        await AssertRejectedAsync(body, error);
        await AssertRejectedAsync(body, """Send an object such as {"inputs": [{"name": "image", "shape": [1, 28, 28]""");
    }

    [Theory]
    [InlineData("""{"id": "LONG", REST""", "$.id")]
    [InlineData("""{"inputs": [{"name": "LONG"}]}""", "$.inputs[0].name")]
    [InlineData("""{"inputs": [{"datatype": "LONG"}]}""", "$.inputs[0].datatype")]
    [InlineData("""{"outputs": [{"name": "LONG"}], REST""", "$.outputs[0].name")]
    [InlineData("""{"parameters": {"note": "LONG"}, REST""", "its start")]
    [InlineData("""{"LONG": 1, REST""", "its start")]
    [InlineData("""{"inputs": [{"data": [1LONG]}]}""", "$.inputs[0].data")]
    public async Task A_string_or_a_number_of_more_than_64_KiB_is_rejected_by_its_position(string request, string position)
    {
        string body = request.Replace("LONG", new string('1', 65_537), StringComparison.Ordinal).Replace("REST", Digits.InferRequest(1)[1..], StringComparison.Ordinal);

        await AssertRejectedAsync(body, $"The body has a string, number or white space of more than 65536 bytes at {position}.");
    }

    [Fact]
    public async Task White_space_of_more_than_64_KiB_is_rejected_and_less_does_not_count_for_the_token_after_it()
    {
        string request = Digits.InferRequest(1, more: """, WHITE"id":WHITE "TEXT" """).Replace("TEXT", new string('x', 65_536), StringComparison.Ordinal);
        string accepted = request.Replace("WHITE", new string(' ', 65_000), StringComparison.Ordinal);

        JsonElement answer = await Service.ReadJsonAsync(await service.PostJsonAsync(Path, accepted));
        Assert.Equal(65_536, answer.GetProperty("id").GetString()!.Length);

        await AssertRejectedAsync(request.Replace("WHITE", new string(' ', 65_600), StringComparison.Ordinal), "The body has a string, number or white space of more than 65536 bytes at");
        await AssertRejectedAsync(Digits.InferRequest(1) + new string(' ', 200_000), "The body has a string, number or white space of more than 65536 bytes at");
    }

    [Fact]
    public async Task A_string_of_64_KiB_is_accepted()
    {
        string id = new('x', 65_536);

        HttpResponseMessage answer = await service.PostJsonAsync(Path, Digits.InferRequest(1, more: $$""", "id": "{{id}}" """));

        Assert.Equal(id, (await Service.ReadJsonAsync(answer)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Deeply_nested_lists_are_rejected() =>
        await AssertRejectedAsync(Request(data: string.Concat(Enumerable.Repeat("[", 10_000))), "The body is not a valid request at");

    [Fact]
    public async Task A_body_without_a_JSON_content_type_is_rejected()
    {
        await OpenInferenceErrors.AssertAsync(await service.Http.PostAsync(Path, Requests.Body(Digits.Png(0), "image/png")), HttpStatusCode.UnsupportedMediaType, "does not accept a body of type 'image/png'. Set Content-Type to one that /swagger lists for it, such as application/json.");
        await OpenInferenceErrors.AssertAsync(await service.Http.PostAsync(Path, null), HttpStatusCode.UnsupportedMediaType, "The Content-Type is not JSON.");
    }

    [Theory]
    [InlineData("/v2/models/letters/infer", "There is no model 'letters'.")]
    [InlineData("/v2/models/digits/versions/1000/infer", "The model 'digits' has no version '1000'.")]
    public async Task Unknown_models_and_versions_return_404(string path, string error) =>
        await OpenInferenceErrors.AssertAsync(await service.PostJsonAsync(path, Digits.InferRequest(1)), HttpStatusCode.NotFound, error);

    [Fact]
    public async Task A_body_that_is_too_large_is_rejected()
    {
        await using Service small = new(new Dictionary<string, string> { ["Prediction:MaxBatchRequestBytes"] = "5000" }, TimeProvider.System);

        await OpenInferenceErrors.AssertAsync(await small.PostJsonAsync(Path, Digits.InferRequest(20)), HttpStatusCode.RequestEntityTooLarge, "Send a smaller body");
        await OpenInferenceErrors.AssertAsync(await small.PostJsonAsync(Path, Digits.InferRequest(1)), HttpStatusCode.Conflict, "Train one with POST /train");
    }

    private static string Request(string shape = "[1, 28, 28]", string datatype = "\"FP32\"", string data = "[0]") =>
        $$"""{"inputs": [{"name": "image", "shape": {{shape}}, "datatype": {{datatype}}, "data": {{data}}}]}""";

    private async Task AssertRejectedAsync(string request, string error) =>
        await OpenInferenceErrors.AssertAsync(await service.PostJsonAsync(Path, request), HttpStatusCode.BadRequest, error);
}
