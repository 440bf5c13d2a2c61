using System.Net;

namespace RnnService.Api.Tests.Security;

public sealed class SecurityHeadersTests(Service service) : IClassFixture<Service>
{
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/js/app.js", HttpStatusCode.OK)]
    [InlineData("/models", HttpStatusCode.OK)]
    [InlineData("/jobs?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/jobs/none", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/train", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/v2/models/none", HttpStatusCode.NotFound)]
    [InlineData("/swagger", HttpStatusCode.OK)]
    [InlineData("/swagger/v1/swagger.json", HttpStatusCode.OK)]
    [InlineData("/hangfire", HttpStatusCode.OK)]
    public async Task Every_response_has_them(string path, HttpStatusCode status)
    {
        using HttpResponseMessage answer = await service.Http.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        AssertHeaders(answer);
    }

    [Fact]
    public async Task A_stream_has_them()
    {
        string job = await service.StartTrainingAsync(Service.QuickTraining);

        using HttpResponseMessage stream = await service.Http.GetAsync($"{job}/progress", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        AssertHeaders(stream);
    }

    [Fact]
    public async Task A_refused_host_name_and_origin_have_them()
    {
        using HttpRequestMessage host = new(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        using HttpResponseMessage refusedHost = await service.Http.SendAsync(host);
        using HttpRequestMessage origin = new(HttpMethod.Post, "/train") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        using HttpResponseMessage refusedOrigin = await service.Http.SendAsync(origin);

        AssertHeaders(refusedHost);
        AssertHeaders(refusedOrigin);
    }

    [Theory]
    [InlineData("/", "script-src 'self';")]
    [InlineData("/swagger/index.html", "script-src 'self';")]
    [InlineData("/hangfire", "script-src 'self';")]
    [InlineData("/hangfire/recurring", "script-src 'self';")]
    public async Task Html_has_a_policy_that_runs_only_its_own_scripts(string path, string scripts)
    {
        using HttpResponseMessage page = await service.Http.GetAsync(path);

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains(scripts, policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }
}
