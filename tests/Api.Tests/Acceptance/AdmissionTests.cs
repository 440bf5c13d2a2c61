using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Acceptance;

/// <summary>Requests that cost far more than they send, against a process of its own, whose peak of resident memory is checked (Linux).</summary>
public sealed class AdmissionTests : IAsyncLifetime
{
    private const int MaxMegabytes = 1024;

    private readonly TemporaryDirectory directory = new();
    private readonly RecordedResponses recorded = new("0dacae0");
    private ServiceProcess service = null!;

    public async ValueTask InitializeAsync()
    {
        recorded.CopyIdleDatabaseTo(directory);
        service = await ServiceProcess.StartAsync(DotnetCommand.Executable, ServiceProcess.Program, $"--Storage:Directory={directory.Path}");
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Of_200_large_images_at_once_each_is_answered_or_told_to_come_again_and_the_memory_is_bounded()
    {
        byte[] large = new Canvas(2048, 2048).Paste(Mnist.Data.Test.Pixels(0), 400, 400, scale: 40).ToPng();

        Task<HttpResponseMessage>[] fits = [.. Enumerable.Range(0, 200).Select(i => i % 10 == 0
            ? service.Http.PostAsync("/predict/batch?fit=true", Requests.Forms([large, large, large]))
            : service.Http.PostAsync("/predict?fit=true", Requests.Body(large, "image/png")))];
        HttpStatusCode ready = (await service.Http.GetAsync("/health/ready")).StatusCode;
        HttpStatusCode plain = (await service.Http.PostAsync("/predict", Requests.Body(Digits.Png(0), "image/png"))).StatusCode;
        HttpResponseMessage[] answers = await Task.WhenAll(fits);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (ready, plain));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        AssertAnsweredOrRefused(answers);
        AssertPeakBelow(MaxMegabytes);
    }

    [Fact]
    public async Task Of_300_uploads_of_20_MB_at_once_each_is_answered_or_told_to_come_again_and_the_memory_is_bounded()
    {
        byte[] large = Images.Pad(new Canvas(200, 150).Paste(Mnist.Data.Test.Pixels(0), 70, 20, scale: 4).ToPng(), 20_000_000);

        string[] answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async _ =>
        {
            PartialUpload upload = await PartialUpload.StartAsync(service.Http.BaseAddress!, "/predict", "image/png", large, bytes: 100_000);
            Task sent = upload.SendRestAsync();
            string head = await upload.ReadHeadAsync();
            upload.Dispose(); // a client that is refused stops
            await Record.ExceptionAsync(() => sent);
            return head;
        }));

        Assert.Contains(answers, answer => answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal));
        Assert.All(answers.Where(answer => !answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)), answer =>
        {
            Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
            Assert.Contains("Retry-After: 1", answer, StringComparison.Ordinal);
        });
        AssertPeakBelow(MaxMegabytes);
    }

    [Theory]
    [InlineData("""{"inputs": [""", "{},", "inputs: must be one tensor, named 'image'.")]
    [InlineData("""{"inputs": [{"name": "image", "data": [""", "{},", "inputs[0].data: has more than 200704 numbers")]
    [InlineData("""{"inputs": [{"name": "image", "data": [""", "[],", "")]
    [InlineData("""{"inputs": [{"name": "image", "data": [""", "0,", "inputs[0].data: has more than 200704 numbers")]
    [InlineData("""{"inputs": [{"name": "image", "shape": [""", "1,", "")]
    [InlineData("""{"outputs": [""", "{},", "outputs: must be at most 2.")]
    [InlineData("""{"parameters": [""", "{},", "")]
    [InlineData("""{"id": "1""", "111", "The body has a string, number or white space of more than 65536 bytes at $.id.")]
    [InlineData("""{"inputs": [{"name": "image", "data": [1""", "111", "The body has a string, number or white space of more than 65536 bytes at $.inputs[0].data.")]
    public async Task A_request_of_16_MB_to_infer_is_refused_and_the_memory_is_bounded(string start, string repeated, string error)
    {
        byte[] body = Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(repeated, (16_000_000 / repeated.Length) - 100)));

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => service.Http.PostAsync("/v2/models/digits/infer", Requests.Body(body, "application/json"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Contains(error, await answers[0].Content.ReadAsStringAsync(), StringComparison.Ordinal);
        AssertPeakBelow(MaxMegabytes / 2);
    }

    [Fact]
    public async Task Downloads_that_stop_after_a_few_bytes_do_not_stop_predictions()
    {
        string[] models = [.. recorded.Models.Select(model => model.GetProperty("id").GetString()!)];
        List<HttpResponseMessage> downloads = [.. await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            string file = i % 2 == 0 ? "weights.safetensors" : "model.onnx";
            HttpResponseMessage response = await service.Http.GetAsync($"/models/{models[i % models.Length]}/{file}", HttpCompletionOption.ResponseHeadersRead);
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[8]);
            return response;
        }))];

        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await service.Http.PostAsync($"/predict?model={models[i % models.Length]}", Requests.Body(Digits.Png(i), "image/png"))).StatusCode);
        }

        AssertAnsweredOrRefused(downloads);
        AssertPeakBelow(MaxMegabytes / 2);
        downloads.ForEach(download => download.Dispose());
    }

    private static void AssertAnsweredOrRefused(IEnumerable<HttpResponseMessage> answers) => Assert.All(answers, answer =>
    {
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });
        Assert.Equal(answer.StatusCode == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
    });

    private void AssertPeakBelow(int megabytes)
    {
        if (OperatingSystem.IsLinux())
        {
            Match peak = Regex.Match(File.ReadAllText($"/proc/{service.Id}/status"), @"VmHWM:\s+(\d+) kB");
            int measured = int.Parse(peak.Groups[1].Value, CultureInfo.InvariantCulture) / 1024;
            TestContext.Current.TestOutputHelper?.WriteLine($"peak {measured} MiB");
            Assert.True(measured < megabytes, $"The peak of resident memory is {measured} MiB.");
        }
    }
}
