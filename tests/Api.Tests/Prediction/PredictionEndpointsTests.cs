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
    public async Task Answers_with_the_digit_all_probabilities_and_the_model()
    {
        JsonElement answer = await Service.AnswerAsync(await service.PredictAsync(Digit));

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
    public async Task Takes_a_form_s_file_as_well_as_the_body()
    {
        JsonElement body = await Service.AnswerAsync(await service.PredictAsync(Digit));
        JsonElement form = await Service.AnswerAsync(await service.Http.PostAsync("/predict", Requests.Form(Digit)));

        Assert.Equal(body.GetProperty("probabilities").GetRawText(), form.GetProperty("probabilities").GetRawText());
    }

    [Fact]
    public async Task Turns_dark_ink_on_paper_round_unless_told_otherwise()
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
    public async Task The_network_trained_last_answers()
    {
        string id = (await service.TrainAsync()).GetProperty("modelId").GetString()!;

        JsonElement answer = await Service.AnswerAsync(await service.PredictAsync(Digit));

        Assert.Equal(id, answer.GetProperty("model").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Before_any_training_it_says_how_to_train()
    {
        await using Service fresh = new();

        await Problems.AssertAsync(await fresh.PredictAsync(Digit), HttpStatusCode.Conflict, "Train one with POST /train");
    }

    [Fact]
    public async Task Refuses_a_request_without_image()
    {
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", null), HttpStatusCode.BadRequest, "The request has no image. Send a 28×28 PNG");
        await Problems.AssertAsync(await service.PredictAsync([]), HttpStatusCode.BadRequest, "Send a 28×28 PNG as the file 'image' of multipart/form-data");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Form([])), HttpStatusCode.BadRequest, "Send a 28×28 PNG as the file 'image' of multipart/form-data");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Form(Digit, name: "file")), HttpStatusCode.BadRequest, "The form has 'file', but it must have exactly one file, named 'image'.");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", new MultipartFormDataContent { { new StringContent("7"), "image" } }), HttpStatusCode.BadRequest, "The form has no file");
        await Problems.AssertAsync(
            await service.Http.PostAsync("/predict", new MultipartFormDataContent { { Requests.Body(Digit, "image/png"), "image", "a.png" }, { Requests.Body(Digit, "image/png"), "image", "b.png" } }),
            HttpStatusCode.BadRequest,
            "it must have exactly one file");
    }

    [Fact]
    public async Task Refuses_text_that_is_called_a_png() => await Problems.AssertAsync(
        await service.Http.PostAsync("/predict", Requests.Form("I am seven"u8.ToArray())), HttpStatusCode.UnsupportedMediaType, "The file is not a PNG: it does not begin with the PNG signature. Convert it to PNG");

    [Fact]
    public async Task Refuses_a_body_of_another_type()
    {
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Body(Digit, "application/x-www-form-urlencoded")), HttpStatusCode.UnsupportedMediaType, "with Content-Type: image/png");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Body(Digit, "image/jpeg")), HttpStatusCode.UnsupportedMediaType, "with Content-Type: image/png");
        await Problems.AssertAsync(await service.Http.PostAsync("/predict", new ByteArrayContent(Digit)), HttpStatusCode.UnsupportedMediaType, "The body has no Content-Type. Send a 28×28 PNG as the file 'image' of multipart/form-data, or as the body with Content-Type: image/png");
    }

    [Fact]
    public async Task Refuses_a_truncated_png() => await Problems.AssertAsync(
        await service.PredictAsync(Digit[..(Digit.Length / 2)]), HttpStatusCode.UnprocessableEntity, "Save the image again. Then send the whole file.");

    [Fact]
    public async Task Refuses_another_size() => await Problems.AssertAsync(
        await service.PredictAsync(PngWriter.Gray(new byte[29 * 28], 29, 28)), HttpStatusCode.UnprocessableEntity, "The image is 29×28, but it must be 28×28. Scale it to 28×28, or send it with fit=true, which finds and scales the digit.");

    [Fact]
    public async Task Refuses_a_huge_picture_in_few_bytes()
    {
        byte[] bomb = PngWriter.Gray(new byte[100_000_000], 10_000, 10_000);
        Assert.InRange(bomb.Length, 0, 1_000_000);

        await Problems.AssertAsync(await service.PredictAsync(bomb), HttpStatusCode.UnprocessableEntity, "10000×10000");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refuses_a_body_of_20_MB(bool asForm)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict")
        {
            Content = asForm ? Requests.Form(new byte[20_000_000]) : Requests.Body(new byte[20_000_000], "image/png"),
            Headers = { ExpectContinue = true },
        };

        await Problems.AssertAsync(await service.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "Send a smaller body");
    }

    [Fact]
    public async Task Refuses_a_form_that_is_broken_off()
    {
        ByteArrayContent content = new("--edge\r\nContent-Disposition: form-data; name=\"image\""u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=edge");

        await Problems.AssertAsync(await service.Http.PostAsync("/predict", content), HttpStatusCode.BadRequest, "Send multipart/form-data with one file 'image'");
    }

    [Fact]
    public async Task Refuses_a_form_without_boundary() => await Problems.AssertAsync(
        await service.Http.PostAsync("/predict", Requests.Body(Digit, "multipart/form-data")), HttpStatusCode.BadRequest, "Send multipart/form-data with one file 'image'");

    [Fact]
    public async Task Refuses_another_inversion() => await Problems.AssertAsync(
        await service.PredictAsync(Digit, "?invert=maybe"), HttpStatusCode.BadRequest, "invert: must be one of auto, true, false, not 'maybe'.");

    [Fact]
    public async Task Answers_while_a_training_runs()
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
        (await Service.AnswerAsync(await service.PredictAsync(png, query))).GetProperty("probabilities").GetRawText();
}
