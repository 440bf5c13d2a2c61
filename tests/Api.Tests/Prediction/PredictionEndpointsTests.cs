using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Prediction;

public sealed class PredictionEndpointsTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    private static readonly byte[] Digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));

    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_response_has_the_digit_all_probabilities_and_the_model()
    {
        JsonElement answer = await Service.ReadJsonAsync(await service.PredictAsync(Digit));

        double[] probabilities = [.. answer.GetProperty("probabilities").EnumerateArray().Select(value => value.GetDouble())];
        int digit = answer.GetProperty("digit").GetInt32();
        Assert.Equal(10, probabilities.Length);
        Assert.Equal(1, probabilities.Sum(), 1e-5);
        Assert.Equal(probabilities.Max(), probabilities[digit]);
        Assert.Equal(probabilities[digit], answer.GetProperty("confidence").GetDouble());
        JsonElement latest = (await service.GetAsync("/models")).GetProperty("data")[0];
        Assert.Equal(latest.GetProperty("id").GetString(), answer.GetProperty("model").GetProperty("id").GetString());
        Assert.Equal(latest.GetProperty("version").GetInt32(), answer.GetProperty("model").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_form_file_and_a_body_give_the_same_prediction()
    {
        JsonElement body = await Service.ReadJsonAsync(await service.PredictAsync(Digit));
        JsonElement form = await Service.ReadJsonAsync(await service.Http.PostAsync("/predict", Requests.Form(Digit)));

        Assert.Equal(body.GetProperty("probabilities").GetRawText(), form.GetProperty("probabilities").GetRawText());
    }

    [Fact]
    public async Task Dark_ink_on_a_light_background_is_inverted_unless_disabled()
    {
        byte[] paper = PngWriter.Gray([.. Mnist.Data.Test.Pixels(0).ToArray().Select(pixel => (byte)(255 - pixel))]);
        string expected = await ProbabilitiesAsync(Digit, "?invert=false");

        Assert.Equal(expected, await ProbabilitiesAsync(Digit, ""));
        Assert.Equal(expected, await ProbabilitiesAsync(paper, ""));
        Assert.Equal(expected, await ProbabilitiesAsync(paper, "?invert=auto"));
        Assert.Equal(expected, await ProbabilitiesAsync(paper, "?invert=true"));
        Assert.NotEqual(expected, await ProbabilitiesAsync(paper, "?invert=false"));
    }

    [Fact]
    public async Task The_latest_model_is_used()
    {
        string id = (await service.TrainAsync()).GetProperty("modelId").GetString()!;

        JsonElement answer = await Service.ReadJsonAsync(await service.PredictAsync(Digit));

        Assert.Equal(id, answer.GetProperty("model").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Without_a_model_the_error_explains_how_to_train_one()
    {
        await using Service fresh = new();

        await Problems.AssertAsync(await fresh.PredictAsync(Digit), HttpStatusCode.Conflict, "Train one with POST /train");
    }

    [Fact]
    public async Task A_request_without_an_image_is_rejected()
    {
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", null), HttpStatusCode.BadRequest, "The request has no image. Send a PNG, JPEG or WebP image");
        await Problems.AssertAsync(await service.PredictAsync([]), HttpStatusCode.BadRequest, "Send a PNG, JPEG or WebP image as the file 'image' of multipart/form-data");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Form([])), HttpStatusCode.BadRequest, "Send a PNG, JPEG or WebP image as the file 'image' of multipart/form-data");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Form(Digit, name: "file")), HttpStatusCode.BadRequest, "The form has 'file', but it must have exactly one file, named 'image'.");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", new MultipartFormDataContent { { new StringContent("7"), "image" } }), HttpStatusCode.BadRequest, "The form has no file");
        await Problems.AssertAsync(
            await service.Http.PostAsync("/predict", new MultipartFormDataContent { { Requests.Body(Digit, "image/png"), "image", "a.png" }, { Requests.Body(Digit, "image/png"), "image", "b.png" } }),
            HttpStatusCode.BadRequest,
            "it must have exactly one file");
    }

    [Theory]
    [InlineData("", "Convert it to PNG, JPEG or WebP; renaming the file is not enough.")]
    [InlineData("?fit=false", "Convert it to PNG, or omit fit=false")]
    public async Task A_file_that_is_not_an_image_is_rejected(string query, string advice) => await Problems.AssertAsync(
        await service.Http.PostAsync($"/predict{query}", Requests.Form("I am seven, and my name is a number"u8.ToArray())), HttpStatusCode.UnsupportedMediaType, advice);

    [Fact]
    public async Task A_body_with_another_content_type_is_rejected()
    {
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Body(Digit, "application/x-www-form-urlencoded")), HttpStatusCode.UnsupportedMediaType, "with Content-Type: image/png, image/jpeg or image/webp");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Body(Digit, "image/gif")), HttpStatusCode.UnsupportedMediaType, "The body is 'image/gif'. Send a PNG, JPEG or WebP image");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", new ByteArrayContent(Digit)), HttpStatusCode.UnsupportedMediaType, "The body has no Content-Type. Send a PNG, JPEG or WebP image as the file 'image' of multipart/form-data, or as the body with Content-Type: image/png");
    }

    [Fact]
    public async Task A_truncated_PNG_is_rejected() => await Problems.AssertAsync(
        await service.PredictAsync(Digit[..(Digit.Length / 2)]), HttpStatusCode.UnprocessableEntity, "Save the image again. Then send the whole file.");

    [Fact]
    public async Task A_truncated_form_is_rejected()
    {
        ByteArrayContent content = new("--edge\r\nContent-Disposition: form-data; name=\"image\""u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=edge");

        await Problems.AssertAsync(await service.Http.PostAsync("/predict", content), HttpStatusCode.BadRequest, "Send multipart/form-data with one file 'image'");
    }

    [Fact]
    public async Task A_form_without_a_boundary_is_rejected() => await Problems.AssertAsync(
        await service.Http.PostAsync("/predict", Requests.Body(Digit, "multipart/form-data")), HttpStatusCode.BadRequest, "Send multipart/form-data with one file 'image'");

    [Fact]
    public async Task An_invalid_value_of_invert_is_rejected() => await Problems.AssertAsync(
        await service.PredictAsync(Digit, "?invert=maybe"), HttpStatusCode.BadRequest, "invert: must be one of auto, true, false, not 'maybe'.");

    [Fact]
    public async Task Predictions_succeed_while_a_job_is_running()
    {
        string job = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(job, "running");

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await service.PredictAsync(Digit)).StatusCode);
        }

        Assert.Equal("running", (await service.GetAsync(job)).GetProperty("status").GetString());
        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{job}/cancel", content: null);
        Assert.Equal("cancelled", (await service.WatchAsync(job).LastAsync()).EventType);
    }

    private async Task<string> ProbabilitiesAsync(byte[] png, string query) =>
        (await Service.ReadJsonAsync(await service.PredictAsync(png, query))).GetProperty("probabilities").GetRawText();
}
