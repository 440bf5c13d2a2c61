using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using RnnService.Testing;
using SkiaSharp;

namespace RnnService.Api.Tests.Prediction;

public sealed class BatchPredictionTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    public async Task Predictions_are_in_the_order_of_the_images_and_equal_single_predictions(int count)
    {
        JsonElement[] answers = await PredictionsAsync(Digits.Pngs(count));

        Assert.Equal(count, answers.Length);
        for (int i = 0; i < count; i += 51)
        {
            JsonElement alone = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(i)));
            Assert.Equal(alone.EnumerateObject().Select(field => field.Name), answers[i].EnumerateObject().Select(field => field.Name));
            Assert.Equal(alone.GetProperty("digit").GetInt32(), answers[i].GetProperty("digit").GetInt32());
            Assert.Equal(alone.GetProperty("confidence").GetDouble(), answers[i].GetProperty("confidence").GetDouble(), 1e-5);
            Assert.Equal(alone.GetProperty("model").GetRawText(), answers[i].GetProperty("model").GetRawText());
        }
    }

    [Fact]
    public async Task An_invalid_image_gets_an_error_in_its_position_and_the_others_are_classified()
    {
        byte[] wrongSize = PngWriter.Gray(new byte[29 * 28], 29, 28);
        JsonElement[] answers = await PredictionsAsync([Digits.Png(0), "seven"u8.ToArray(), Digits.Png(1), [], wrongSize, Digits.Png(2)[..60], Digits.Png(3)], "?fit=false");

        Assert.Equal([0, 415, 0, 400, 422, 422, 0], answers.Select(answer => answer.TryGetProperty("error", out JsonElement error) ? error.GetProperty("status").GetInt32() : 0));
        Assert.All(answers, answer => Assert.NotEqual(answer.TryGetProperty("error", out _), answer.TryGetProperty("digit", out _)));
        Assert.Equal(["error"], answers[1].EnumerateObject().Select(field => field.Name));
        Assert.Contains("Convert it to PNG", answers[1].GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        JsonElement alone = await Service.ReadJsonAsync(await service.PredictAsync(Digits.Png(3)));
        Assert.Equal(alone.GetProperty("confidence").GetDouble(), answers[6].GetProperty("confidence").GetDouble(), 1e-5);
    }

    [Fact]
    public async Task A_batch_of_invalid_images_returns_an_error_for_each() =>
        Assert.All(await PredictionsAsync(["one"u8.ToArray(), "two"u8.ToArray()]), answer => Assert.Equal(415, answer.GetProperty("error").GetProperty("status").GetInt32()));

    [Fact]
    public async Task By_default_28_by_28_PNGs_are_used_unchanged_and_other_images_are_fitted()
    {
        byte[] paper = new Canvas(120, 90, 255).Paste(Mnist.Data.Test.Pixels(0), 30, 2, scale: 3, ink: 0).ToPng();

        JsonElement[] answers = await PredictionsAsync([Digits.Png(0), paper, Images.Convert(paper, SKEncodedImageFormat.Jpeg), Digits.Png(1)]);

        Assert.Equal([false, true, true, false], answers.Select(answer => answer.TryGetProperty("pixels", out _)));
        Assert.All(answers, answer => Assert.True(answer.TryGetProperty("digit", out _)));
    }

    [Fact]
    public async Task Fit_and_invert_apply_to_all_images()
    {
        byte[] paper = new Canvas(120, 90, 255).Paste(Mnist.Data.Test.Pixels(0), 30, 2, scale: 3, ink: 0).ToPng();

        JsonElement[] answers = await PredictionsAsync([paper, new Canvas(50, 50).ToPng()], "?fit=true&invert=auto");

        Assert.Equal(28, answers[0].GetProperty("pixels").GetArrayLength());
        Assert.Contains("The image is blank", answers[1].GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        await Problems.AssertAsync(await service.PredictBatchAsync([paper], "?fit=7"), HttpStatusCode.BadRequest, "fit: must be one of auto, true, false, not '7'.");
    }

    [Fact]
    public async Task Form_fields_that_are_not_files_are_ignored()
    {
        MultipartFormDataContent form = Requests.Forms(Digits.Pngs(2));
        form.Add(new StringContent("a note"), "image");

        Assert.Equal(2, (await Service.ReadJsonAsync(await service.Http.PostAsync("/predict/batch", form))).GetProperty("predictions").GetArrayLength());
    }

    [Fact]
    public async Task Zero_and_more_than_256_images_are_rejected()
    {
        await Problems.AssertAsync(await service.PredictBatchAsync([]), HttpStatusCode.BadRequest, "with up to 256 files 'image'");
        await Problems.AssertAsync(
            await service.Http.PostAsync("/predict/batch", new MultipartFormDataContent { { new StringContent("7"), "image" } }),
            HttpStatusCode.BadRequest, "image: is missing. Send 1 to 256 images as files with this name.");
        await Problems.AssertAsync(await service.PredictBatchAsync(Digits.Pngs(257)), HttpStatusCode.BadRequest, "image: must be present at most 256 times. Send the other images in another request.");
    }

    [Fact]
    public async Task A_file_with_another_name_is_rejected()
    {
        MultipartFormDataContent form = Requests.Forms(Digits.Pngs(2));
        form.Add(Requests.Body(Digits.Png(0), "image/png"), "picture", "digit.png");

        await Problems.AssertAsync(await service.Http.PostAsync("/predict/batch", form), HttpStatusCode.BadRequest, "picture: is not a known file name. Name all files 'image'.");
    }

    [Theory]
    [InlineData("trace")]
    [InlineData("each")]
    public async Task Trace_and_each_are_rejected(string parameter) => await Problems.AssertAsync(
        await service.PredictBatchAsync(Digits.Pngs(1), $"?{parameter}=true"), HttpStatusCode.BadRequest, $"{parameter}: is not supported for several images.");

    [Fact]
    public async Task Missing_and_invalid_forms_are_rejected()
    {
        await Problems.AssertAsync(await service.Http.PostAsync("/predict/batch", null), HttpStatusCode.UnsupportedMediaType, "The body is not a form. Send multipart/form-data with up to 256 files 'image'.");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict/batch", Requests.Body(Digits.Png(0), "image/png")), HttpStatusCode.UnsupportedMediaType, "The body is not a form.");
        ByteArrayContent cut = new("--edge\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\nseven"u8.ToArray());
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=edge");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict/batch", cut), HttpStatusCode.BadRequest, "The form cannot be read:");
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_rejected()
    {
        await using Service small = new(new Dictionary<string, string> { ["Prediction:MaxBatchRequestBytes"] = "20000" }, TimeProvider.System);

        await Problems.AssertAsync(await small.PredictBatchAsync(Digits.Pngs(100)), HttpStatusCode.RequestEntityTooLarge, "Send a smaller body");
        await Problems.AssertAsync(await small.PredictBatchAsync(Digits.Pngs(3)), HttpStatusCode.Conflict, "Train one with POST /train");
    }

    [Fact]
    public async Task Fitted_batches_beyond_the_limit_are_refused_before_their_body_and_other_requests_are_not()
    {
        await using Service limited = new(new Dictionary<string, string> { ["Prediction:MaxConcurrentFitBatches"] = "1" }, TimeProvider.System);
        await limited.TrainAsync();

        // The client sends the body only after the service asks for it (100 Continue), which is when it holds the permit.
        using SocketsHttpHandler handler = new() { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan };
        using HttpClient client = new(handler) { BaseAddress = limited.Http.BaseAddress };
        using HeldContent held = new(Requests.Forms(Digits.Pngs(2)));
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict/batch?fit=true") { Content = held, Headers = { ExpectContinue = true } };
        Task<HttpResponseMessage> first = client.SendAsync(request);
        await await Task.WhenAny(held.Requested, first);

        HttpResponseMessage second = await limited.PredictBatchAsync(Digits.Pngs(1), "?fit=true");
        await Problems.AssertAsync(second, HttpStatusCode.ServiceUnavailable, "1 requests with several images to fit are in progress, which is the limit. Send the request again after 5 s.");
        Assert.Equal(TimeSpan.FromSeconds(5), second.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await limited.PredictAsync(Digits.Png(0), "?fit=true")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await limited.PredictBatchAsync(Digits.Pngs(1))).StatusCode);

        held.Send();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(256, (await Service.ReadJsonAsync(await limited.PredictBatchAsync(Digits.Pngs(256), "?fit=true"))).GetProperty("predictions").GetArrayLength());
    }

    private async Task<JsonElement[]> PredictionsAsync(IEnumerable<byte[]> pngs, string query = "") =>
        [.. (await Service.ReadJsonAsync(await service.PredictBatchAsync(pngs, query))).GetProperty("predictions").EnumerateArray()];
}
