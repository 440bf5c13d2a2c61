using System.Net;
using System.Net.Http.Headers;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using RnnService.Api.Models;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Models;

public sealed class DownloadTests : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly Service service;
    private readonly string id;

    public DownloadTests()
    {
        RecordedResponses recorded = new("0dacae0");
        recorded.CopyIdleDatabaseTo(directory);
        id = recorded.Models[0].GetProperty("id").GetString()!;
        service = new Service(new Dictionary<string, string>(Database.In(directory)) { ["Models:MaxConcurrentDownloads"] = "1" }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("model.onnx")]
    public async Task Returns_ranges_of_a_file(string file)
    {
        byte[] whole = await service.Http.GetByteArrayAsync(Path(file));

        foreach ((long? from, long? to) in new (long?, long?)[] { (0, 0), (10, 99), (whole.Length - 5, null), (null, 7), (whole.Length / 2, whole.Length + 10), (whole.Length + 5, null) })
        {
            using HttpResponseMessage part = await GetAsync(file, request => request.Headers.Range = new RangeHeaderValue(from, to));
            long first = from ?? whole.Length - to!.Value;
            long last = from is null ? whole.Length - 1 : Math.Min(to ?? long.MaxValue, whole.Length - 1);
            if (first >= whole.Length)
            {
                Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, part.StatusCode);
                continue;
            }

            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(new ContentRangeHeaderValue(first, last, whole.Length), part.Content.Headers.ContentRange);
            Assert.Equal(whole[(int)first..((int)last + 1)], await part.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("model.onnx")]
    public async Task Returns_not_modified_without_reading_the_file(string file)
    {
        using HttpResponseMessage whole = await service.Http.GetAsync(Path(file));
        EntityTagHeaderValue tag = whole.Headers.ETag!;

        // A damaged file cannot be read.
        Database.Execute(directory, $"UPDATE model_weights SET content = zeroblob(length(content)) WHERE model_id = '{id.ToUpperInvariant()}'");
        using HttpResponseMessage byTag = await GetAsync(file, request => request.Headers.IfNoneMatch.Add(tag));
        using HttpResponseMessage byTime = await GetAsync(file, request => request.Headers.IfModifiedSince = whole.Content.Headers.LastModified);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotModified), (byTag.StatusCode, byTime.StatusCode));
        Assert.Equal(tag, byTag.Headers.ETag);
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("model.onnx")]
    public async Task Conditional_requests_are_answered_while_downloads_are_refused(string file)
    {
        EntityTagHeaderValue tag = new($"\"{(await service.GetAsync($"/models/{id}")).GetProperty("sha256").GetString()}\"");
        using RateLimitLease other = service.Services.GetRequiredService<ModelDownloads>().Permits.TryTake()!;

        using HttpResponseMessage refused = await GetAsync(file, _ => { });
        using HttpResponseMessage conditional = await GetAsync(file, request => request.Headers.IfNoneMatch.Add(tag));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.NotModified, conditional.StatusCode);
    }

    [Fact]
    public async Task A_failed_download_returns_its_permit()
    {
        Database.Execute(directory, $"UPDATE model_weights SET content = zeroblob(length(content)) WHERE model_id = '{id.ToUpperInvariant()}'");

        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage damaged = await GetAsync("weights.safetensors", request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\"")));
            await Problems.AssertAsync(damaged, HttpStatusCode.ServiceUnavailable, "is damaged");
            Assert.Null(damaged.Headers.ETag);
            await Problems.AssertAsync(await service.Http.GetAsync(Path("model.onnx")), HttpStatusCode.ServiceUnavailable, "is damaged");
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string file, Action<HttpRequestMessage> prepare)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Path(file));
        prepare(request);
        return await service.Http.SendAsync(request);
    }

    private string Path(string file) => $"/models/{id}/{file}";
}
