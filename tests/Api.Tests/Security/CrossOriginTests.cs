using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace RnnService.Api.Tests.Security;

public sealed class CrossOriginTests(Service service) : IClassFixture<Service>
{
    private const string Detail = "only the service's own pages can change something. Use those, or add the origin to the setting Security:AllowedOrigins.";

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("cross-site", "{own}")]
    [InlineData("something-new", null)]
    [InlineData(null, "http://evil.example")]
    [InlineData(null, "null")]
    [InlineData(null, "https://{host}")]
    [InlineData(null, "http://127.0.0.1")]
    public async Task Every_unsafe_call_from_another_origin_is_refused(string? site, string? origin)
    {
        string jobs = (await service.GetAsync("/jobs")).GetRawText();

        foreach ((string method, string path) in (await UnsafeCallsAsync()).Where(call => !call.Path.StartsWith("/v2", StringComparison.Ordinal)))
        {
            await Problems.AssertAsync(await SendAsync(method, path, site, origin), HttpStatusCode.Forbidden, Detail);
        }

        Assert.Equal(jobs, (await service.GetAsync("/jobs")).GetRawText());
    }

    [Theory]
    [InlineData("same-origin", null)]
    [InlineData("none", null)]
    [InlineData("same-origin", "null")]
    [InlineData(null, "{own}")]
    [InlineData(null, null)]
    public async Task Calls_of_the_own_page_and_of_programs_are_allowed(string? site, string? origin)
    {
        foreach ((string method, string path) in await UnsafeCallsAsync())
        {
            // It has no valid body or id, so that it changes nothing.
            using HttpResponseMessage answer = await SendAsync(method, path, site, origin);
            Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("POST", "/hangfire/stats")]
    [InlineData("POST", "/nowhere")]
    [InlineData("PATCH", "/jobs")]
    [InlineData("BREW", "/")]
    public async Task So_is_any_other_path_and_method(string method, string path) =>
        await Problems.AssertAsync(await SendAsync(method, path, "cross-site", "https://evil.example"), HttpStatusCode.Forbidden, "A web page of the origin 'https://evil.example' sent this request");

    [Fact]
    public async Task Under_v2_the_error_has_the_protocols_format()
    {
        using HttpResponseMessage answer = await SendAsync("POST", "/v2/models/digits/infer", "cross-site", null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(Detail, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_refused_before_the_body_is_sent()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict") { Content = Requests.Body(new byte[1_000_000], "image/png") };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.ExpectContinue = true;

        await Problems.AssertAsync(await service.Http.SendAsync(request), HttpStatusCode.Forbidden, Detail);
    }

    [Theory]
    [InlineData("/jobs")]
    [InlineData("/")]
    public async Task Reading_is_not_refused(string path)
    {
        using HttpResponseMessage answer = await SendAsync("GET", path, "cross-site", "https://evil.example");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task No_preflight_succeeds()
    {
        using HttpResponseMessage answer = await PreflightAsync(service, "https://evil.example");

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Allowed_origins_can_use_the_api_and_others_cannot()
    {
        await using Service open = new(new Dictionary<string, string> { ["Security:AllowedOrigins:0"] = "https://app.example.com", ["Security:AllowedOrigins:1"] = "http://localhost:3000" }, TimeProvider.System);

        foreach (string origin in new[] { "https://app.example.com", "http://localhost:3000" })
        {
            using HttpResponseMessage preflight = await PreflightAsync(open, origin);
            Assert.Equal((HttpStatusCode.NoContent, origin), (preflight.StatusCode, Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin"))));

            using HttpResponseMessage accepted = await SendAsync(open, "POST", "/train", "cross-site", origin, Requests.Body("{\"epochs\": 1, \"trainingImages\": 100}"u8.ToArray(), "application/json"));
            Assert.Equal((HttpStatusCode.Accepted, origin), (accepted.StatusCode, Assert.Single(accepted.Headers.GetValues("Access-Control-Allow-Origin"))));
            Assert.Contains("Location", Assert.Single(accepted.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);

            using HttpResponseMessage error = await SendAsync(open, "POST", "/jobs/none/cancel", "cross-site", origin);
            Assert.Equal((HttpStatusCode.NotFound, origin), (error.StatusCode, Assert.Single(error.Headers.GetValues("Access-Control-Allow-Origin"))));
        }

        foreach (string origin in new[] { "https://app.example.com.evil.example", "http://app.example.com", "null" })
        {
            await Problems.AssertAsync(await SendAsync(open, "POST", "/train", "cross-site", origin), HttpStatusCode.Forbidden, Detail);
            using HttpResponseMessage preflight = await PreflightAsync(open, origin);
            Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    private static async Task<HttpResponseMessage> PreflightAsync(Service service, string origin)
    {
        using HttpRequestMessage request = new(HttpMethod.Options, "/models/active")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "PUT" }, { "Access-Control-Request-Headers", "content-type" } },
        };
        return await service.Http.SendAsync(request);
    }

    private async Task<(string Method, string Path)[]> UnsafeCallsAsync()
    {
        JsonElement document = await service.GetAsync("/swagger/v1/swagger.json");
        (string Method, string Path)[] calls = [.. document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (method.Name.ToUpperInvariant(), path.Name.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal))))
            .Where(call => call.Item1 != "GET")];
        Assert.True(calls.Length >= 8);
        return calls;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? site, string? origin) =>
        SendAsync(service, method, path, site, origin, Requests.Body("[]"u8.ToArray(), "application/json"));

    private static async Task<HttpResponseMessage> SendAsync(Service service, string method, string path, string? site, string? origin, HttpContent? content = null)
    {
        Uri address = service.Http.BaseAddress!;
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = method == "GET" ? null : content };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin.Replace("{own}", address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal).Replace("{host}", address.Authority, StringComparison.Ordinal));
        }

        return await service.Http.SendAsync(request);
    }
}
