using System.Net;
using System.Text.RegularExpressions;

namespace RnnService.Api.Tests.Hosting;

public sealed partial class WebPageTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task The_page_has_a_strict_content_security_policy()
    {
        using HttpResponseMessage page = await service.Http.GetAsync("/");

        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task All_links_to_this_service_are_valid()
    {
        string page = await service.Http.GetStringAsync("/");
        string[] links = [.. Link().Matches(page).Select(match => match.Groups[1].Value).Where(link => !link.StartsWith('#')).Distinct()];

        Assert.Contains("js/app.js", links);
        Assert.Contains("lib/uPlot.js", links);
        foreach (string link in links)
        {
            using HttpResponseMessage answer = await service.Http.GetAsync(link);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{link}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/css/app.css", "text/css")]
    [InlineData("/js/app.js", "text/javascript")]
    [InlineData("/docs/README.md", "text/plain")]
    public async Task Files_are_compressed_and_not_resent_if_unchanged(string path, string mediaType)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "br" } } };
        using HttpResponseMessage file = await service.Http.SendAsync(request);
        using HttpRequestMessage again = new(HttpMethod.Get, path) { Headers = { { "If-None-Match", file.Headers.ETag!.ToString() } } };
        using HttpResponseMessage answer = await service.Http.SendAsync(again);

        Assert.Equal((mediaType, "br"), (file.Content.Headers.ContentType?.MediaType, Assert.Single(file.Content.Headers.ContentEncoding)));
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Theory]
    [InlineData("/models")]
    public async Task Other_responses_have_no_content_security_policy(string path)
    {
        using HttpResponseMessage other = await service.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.False(other.Headers.Contains("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/js/nowhere.js")]
    [InlineData("/appsettings.json")]
    [InlineData("/../appsettings.json")]
    [InlineData("/..%2fappsettings.json")]
    public async Task Other_files_are_not_served(string path) =>
        await Problems.AssertAsync(await service.Http.GetAsync(path), HttpStatusCode.NotFound, "/swagger lists all endpoints");

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();
}
