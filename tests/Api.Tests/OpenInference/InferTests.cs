using System.Text.Json;

namespace RnnService.Api.Tests.OpenInference;

public sealed class InferTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_response_follows_the_specification()
    {
        JsonElement answer = await InferAsync(Digits.InferRequest(2, more: """, "id": "forty-two" """));

        Assert.Equal(["model_name", "model_version", "id", "outputs"], answer.EnumerateObject().Select(field => field.Name));
        Assert.Equal("digits", answer.GetProperty("model_name").GetString());
        Assert.Equal((await service.GetAsync("/models/active")).GetProperty("version").GetRawText(), answer.GetProperty("model_version").GetString());
        Assert.Equal("forty-two", answer.GetProperty("id").GetString());
        JsonElement[] outputs = [.. answer.GetProperty("outputs").EnumerateArray()];
        Assert.All(outputs, output => Assert.Equal(["name", "shape", "datatype", "data"], output.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(["probabilities [2,10] FP32 20", "digit [2] INT64 2"], outputs.Select(output =>
            $"{output.GetProperty("name").GetString()} {output.GetProperty("shape").GetRawText()} {output.GetProperty("datatype").GetString()} {output.GetProperty("data").GetArrayLength()}"));
        Assert.All(outputs[1].GetProperty("data").EnumerateArray(), digit => Assert.InRange(digit.GetInt64(), 0, 9));
    }

    [Fact]
    public async Task The_response_has_no_id_if_the_request_has_none() =>
        Assert.False((await InferAsync(Digits.InferRequest(1))).TryGetProperty("id", out _));

    [Theory]
    [InlineData("UINT8", false)]
    [InlineData("UINT8", true)]
    [InlineData("FP32", false)]
    [InlineData("FP32", true)]
    public async Task A_tensor_gives_the_same_prediction_as_its_PNG(string datatype, bool nested)
    {
        JsonElement png = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(0)));

        JsonElement answer = await InferAsync(Digits.InferRequest(1, datatype, nested));

        Assert.Equal(Numbers(png.GetProperty("probabilities")), Numbers(Output(answer, "probabilities")));
        Assert.Equal([png.GetProperty("digit").GetDouble()], Numbers(Output(answer, "digit")));
    }

    [Theory]
    [InlineData("UINT8", false)]
    [InlineData("FP32", true)]
    public async Task Predictions_are_in_the_order_of_the_images(string datatype, bool nested)
    {
        JsonElement answer = await InferAsync(Digits.InferRequest(100, datatype, nested));
        double[] probabilities = Numbers(Output(answer, "probabilities"));

        JsonElement[] batch = [.. (await Service.ReadJsonAsync(await service.PredictBatchAsync(Digits.Pngs(100)))).GetProperty("predictions").EnumerateArray()];
        Assert.Equal(batch.Select(one => one.GetProperty("digit").GetDouble()), Numbers(Output(answer, "digit")));
        Assert.All(batch.SelectMany(one => Numbers(one.GetProperty("probabilities"))).Zip(probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.True(probabilities.Distinct().Count() > 900);
    }

    [Fact]
    public async Task A_request_can_have_256_images() =>
        Assert.Equal(2560, Output(await InferAsync(Digits.InferRequest(256)), "probabilities").GetArrayLength());

    [Theory]
    [InlineData("""[{"name": "digit"}]""", "digit")]
    [InlineData("""[{"name": "probabilities", "parameters": {"binary_data": false}}]""", "probabilities")]
    [InlineData("""[{"name": "digit"}, {"name": "probabilities"}]""", "digit probabilities")]
    [InlineData("[]", "probabilities digit")]
    [InlineData("null", "probabilities digit")]
    public async Task Only_requested_outputs_are_returned_in_the_requested_order(string requested, string names)
    {
        JsonElement answer = await InferAsync(Digits.InferRequest(1, more: $$""", "outputs": {{requested}}"""));

        Assert.Equal(names, string.Join(' ', answer.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString())));
    }

    [Fact]
    public async Task Parameters_and_unknown_fields_are_ignored()
    {
        string plain = (await InferAsync(Digits.InferRequest(1))).GetRawText();

        Assert.Equal(plain, (await InferAsync(Digits.InferRequest(1, more: """, "parameters": {"sequence_id": 7}, "unheard_of": [1] """))).GetRawText());
    }

    [Fact]
    public async Task A_version_in_the_path_overrides_the_active_model()
    {
        await service.TrainAsync();

        JsonElement first = await Service.ReadJsonAsync(await service.PostJsonAsync("/v2/models/digits/versions/1/infer", Digits.InferRequest(1)));
        JsonElement active = await InferAsync(Digits.InferRequest(1));

        Assert.Equal("1", first.GetProperty("model_version").GetString());
        Assert.Equal((await service.GetAsync("/models/active")).GetProperty("version").GetRawText(), active.GetProperty("model_version").GetString());
        Assert.NotEqual("1", active.GetProperty("model_version").GetString());
    }

    private async Task<JsonElement> InferAsync(string request) => await Service.ReadJsonAsync(await service.PostJsonAsync("/v2/models/digits/infer", request));

    private static JsonElement Output(JsonElement answer, string name) =>
        answer.GetProperty("outputs").EnumerateArray().Single(output => output.GetProperty("name").GetString() == name).GetProperty("data");

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
