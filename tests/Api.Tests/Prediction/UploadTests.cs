using System.Net;
using RnnService.Testing;

namespace RnnService.Api.Tests.Prediction;

/// <summary>Large uploads, and what is read of an upload before it has a permit.</summary>
public sealed class UploadTests(Service service) : IClassFixture<Service>, IAsyncLifetime
{
    private const int MaxBytes = 20_000_000;
    private const int FirstBytes = 1_000;

    private static readonly byte[] Paper = new Canvas(200, 150, 220).Paste(Mnist.Data.Test.Pixels(0), 70, 20, scale: 4, ink: 30).ToPng();

    public async ValueTask InitializeAsync() => await service.EnsureTrainedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_image_of_20_MB_is_accepted_and_one_byte_more_is_not(bool exact)
    {
        byte[] png = exact ? Digits.Png(0) : Paper;
        foreach (HttpContent content in new HttpContent[] { Requests.Body(Images.Pad(png, MaxBytes), "image/png"), Requests.Form(Images.Pad(png, MaxBytes)) })
        {
            Assert.Equal(
                (await Service.ReadJsonAsync(await service.PredictAsync(png))).GetRawText(),
                (await Service.ReadJsonAsync(await service.Http.PostAsync("/predict", content))).GetRawText());
        }

        await Problems.AssertAsync(await service.Http.PostAsync("/predict", Requests.Form(Images.Pad(png, MaxBytes + 1))), HttpStatusCode.RequestEntityTooLarge, "The image is larger than 20000000 bytes. Send a smaller body.");
        await Problems.AssertAsync(await service.PredictAsync(Images.Pad(png, MaxBytes + 1)), HttpStatusCode.RequestEntityTooLarge, "The image is larger than 20000000 bytes.");
        await Problems.AssertAsync(await service.PredictBatchAsync([png, Images.Pad(png, MaxBytes + 1)]), HttpStatusCode.RequestEntityTooLarge, "The image is larger than 20000000 bytes.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_much_larger_request_is_rejected_before_its_body(bool asForm)
    {
        byte[] large = new byte[MaxBytes + 1_000_000];
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict")
        {
            Content = asForm ? Requests.Form(large) : Requests.Body(large, "image/png"),
            Headers = { ExpectContinue = true },
        };

        await Problems.AssertAsync(await service.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "Send a smaller body");
    }

    [Theory]
    [InlineData("/predict", false)]
    [InlineData("/predict", true)]
    [InlineData("/predict?each=true", true)]
    [InlineData("/predict/batch", true)]
    public async Task Without_a_free_permit_an_image_to_fit_is_refused_after_its_first_bytes_and_28_by_28_PNGs_are_not(string path, bool asForm)
    {
        await using Service limited = await LimitedAsync();
        HttpContent Content() => asForm ? Requests.Form(Images.Pad(Paper, 2_000_000)) : Requests.Body(Images.Pad(Paper, 2_000_000), "image/png");
        using PartialUpload first = await HoldAsync(limited, path, Content());

        await AssertRefusedAsync(limited, path, Content(), retryAfter: path == "/predict/batch" ? 5 : 1);

        Assert.Equal(HttpStatusCode.OK, (await limited.PredictAsync(Digits.Png(0))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await limited.PredictBatchAsync(Digits.Pngs(2))).StatusCode);
        await AssertCompletesAsync(first);
        Assert.Equal(HttpStatusCode.OK, (await limited.Http.PostAsync(path, Content())).StatusCode);
    }

    [Fact]
    public async Task A_file_that_begins_like_a_28_by_28_PNG_and_is_large_needs_a_permit()
    {
        await using Service limited = await LimitedAsync();
        HttpContent Content() => Requests.Body(Images.Pad(Digits.Png(0), 2_000_000), "image/png");
        using PartialUpload first = await HoldAsync(limited, "/predict", Content(), bytes: 100_000);

        await AssertRefusedAsync(limited, "/predict", Content(), bytes: 100_000);

        Assert.Equal(HttpStatusCode.OK, (await limited.PredictAsync(Digits.Png(0))).StatusCode);
        await AssertCompletesAsync(first);
    }

    [Fact]
    public async Task The_total_size_of_images_to_fit_is_limited()
    {
        await using Service limited = new(new Dictionary<string, string> { ["Prediction:MaxFitMegabytes"] = "3" }, TimeProvider.System);
        await limited.TrainAsync();
        using PartialUpload first = await HoldAsync(limited, "/predict", Requests.Body(Images.Pad(Paper, 2_000_000), "image/png"));

        await AssertRefusedAsync(limited, "/predict", Requests.Body(Images.Pad(Paper, 2_000_000), "image/png"));

        Assert.Equal(HttpStatusCode.OK, (await limited.PredictAsync(Paper)).StatusCode);
        await AssertCompletesAsync(first);
        Assert.Equal(HttpStatusCode.OK, (await limited.PredictAsync(Images.Pad(Paper, 19_000_000))).StatusCode);
    }

    private static async Task<Service> LimitedAsync()
    {
        Service limited = new(
            new Dictionary<string, string> { ["Prediction:MaxConcurrentFits"] = "1", ["Prediction:MaxQueuedFits"] = "0", ["Prediction:MaxConcurrentFitBatches"] = "1" }, TimeProvider.System);
        await limited.TrainAsync();
        return limited;
    }

    private static async Task<PartialUpload> StartAsync(Service service, string path, HttpContent content, int bytes) =>
        await PartialUpload.StartAsync(service.Http.BaseAddress!, path, content.Headers.ContentType!.ToString(), await content.ReadAsByteArrayAsync(), bytes);

    /// <summary>Sends the beginning of an image that waits, with a permit, for its rest.</summary>
    private static async Task<PartialUpload> HoldAsync(Service service, string path, HttpContent content, int bytes = FirstBytes)
    {
        PartialUpload upload = await StartAsync(service, path, content, bytes);
        while (service.Measure("rnn.prediction.fits.active") + service.Measure("rnn.prediction.fit_batches.active") == 0)
        {
            await service.Http.GetAsync("/health/live");
        }

        return upload;
    }

    /// <summary>Sends the beginning of an image, and asserts that it is refused without its rest.</summary>
    private static async Task AssertRefusedAsync(Service service, string path, HttpContent content, int retryAfter = 1, int bytes = FirstBytes)
    {
        using PartialUpload upload = await StartAsync(service, path, content, bytes);
        string head = await upload.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 503", head, StringComparison.Ordinal);
        Assert.Contains($"Retry-After: {retryAfter}", head, StringComparison.Ordinal);
    }

    private static async Task AssertCompletesAsync(PartialUpload upload)
    {
        await upload.SendRestAsync();
        Assert.StartsWith("HTTP/1.1 200", await upload.ReadHeadAsync(), StringComparison.Ordinal);
    }
}
