using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

/// <summary>What a page of another origin can do to a service on the same machine: nothing.</summary>
public sealed class CrossOriginTests(Chromium chromium)
{
    /// <summary>Sends a request in every way that a page can, and waits until each was answered or blocked.</summary>
    private const string Attack = """
        async ({ method, url }) => {
          performance.setResourceTimingBufferSize(10000);
          const attempt = promise => promise.catch(() => undefined);
          const options = { method, credentials: 'include' };
          const body = () => JSON.stringify({ epochs: 1, trainingImages: 100, id: 'latest' });
          await attempt(fetch(url, options));
          await attempt(fetch(url, { ...options, headers: { 'Content-Type': 'application/json' }, body: body() }));
          await attempt(fetch(url, { ...options, mode: 'no-cors' }));
          await attempt(fetch(url, { ...options, mode: 'no-cors', body: body() }));
          const form = document.createElement('form');
          const frame = document.createElement('iframe');
          frame.name = 'answer';
          Object.assign(form, { method: 'post', action: url, target: 'answer', enctype: 'text/plain' });
          document.body.append(frame, form);
          const loaded = new Promise(resolve => { frame.onload = resolve; });
          form.submit();
          await loaded;
          form.remove();
          frame.remove();
          navigator.sendBeacon(url);
          navigator.sendBeacon(url, new Blob([body()], { type: 'text/plain' }));
          for (const tag of ['img', 'script']) {
            await new Promise(resolve => {
              const element = Object.assign(document.createElement(tag), { onload: resolve, onerror: resolve, src: url });
              document.body.append(element);
            });
          }
        }
        """;

    [Theory]
    [InlineData("localhost", "cross-site")]
    [InlineData("127.0.0.1", "same-site")]
    public async Task A_page_of_another_origin_changes_nothing(string host, string site)
    {
        await using RunningService service = await RunningService.StartAsync();
        await using OtherOrigin other = await OtherOrigin.StartAsync();
        await service.TrainAsync(new { epochs = 1, hiddenSize = 4, trainingImages = 100 });
        await service.TrainAsync(new { epochs = 1, hiddenSize = 4, trainingImages = 100 });
        string running = await StartAsync(service.Address);
        string queued = await StartAsync(service.Address);
        string model = (await service.GetAsync("/models")).GetProperty("data")[1].GetProperty("id").GetString()!;
        (string Method, string Url)[] calls = [.. await UnsafeCallsAsync(service, path => new Uri(service.Address, path
            .Replace("/models/{id}", $"/models/{model}", StringComparison.Ordinal)
            .Replace("/jobs/{id}", $"/jobs/{queued}", StringComparison.Ordinal)
            .Replace("{name}", "digits", StringComparison.Ordinal)
            .Replace("{version}", "1", StringComparison.Ordinal)).ToString())];
        string before = await StateAsync(service);
        IPage page = await chromium.OpenAsync();
        List<(string Method, string Url, int Status)> answers = [];
        page.Response += (_, response) => answers.Add((response.Request.Method, response.Url, response.Status));
        await page.GotoAsync($"http://{host}:{other.Port}/");

        foreach ((string method, string url) in calls)
        {
            await page.EvaluateAsync(Attack, new { method, url });

            // Beacons have no event, but an entry once they are answered.
            await page.WaitForFunctionAsync("url => performance.getEntriesByName(url).filter(entry => entry.initiatorType === 'beacon').length >= 2", url);
        }

        Assert.All(calls.Where(call => call.Method == "POST"), call => Assert.Contains((call.Method, call.Url, 403), answers));
        Assert.All(answers.Where(answer => answer.Method is not ("GET" or "OPTIONS")), answer => Assert.Equal(403, answer.Status));
        Assert.Equal(before, await StateAsync(service));
        Assert.Contains(running, before, StringComparison.Ordinal);
        await page.CloseAsync();
        await AssertRefusedAsync(service.Address, calls, site);
    }

    [Fact]
    public async Task A_rebound_host_name_is_refused()
    {
        await using RunningService service = await RunningService.StartAsync();
        using HttpClient http = new() { BaseAddress = service.Address };

        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Get, "/"), (HttpMethod.Get, "/models"), (HttpMethod.Post, "/train"), (HttpMethod.Get, "/hangfire"), (HttpMethod.Get, "/v2") })
        {
            using HttpRequestMessage request = new(method, path) { Headers = { Host = "evil.example" } };
            using HttpResponseMessage answer = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("The host name 'evil.example' is not allowed.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await service.GetAsync("/jobs")).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_can_use_the_api()
    {
        await using OtherOrigin other = await OtherOrigin.StartAsync();
        string origin = $"http://localhost:{other.Port}";
        await using RunningService service = await RunningService.StartAsync($"--Security:AllowedOrigins:0={origin}");
        IPage page = await chromium.OpenAsync();
        await page.GotoAsync(origin);

        string? location = await page.EvaluateAsync<string>(
            "async url => (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{\"epochs\": 1, \"trainingImages\": 100}' })).headers.get('Location')",
            new Uri(service.Address, "/train").ToString());

        Assert.StartsWith("/jobs/", location, StringComparison.Ordinal);
        await page.CloseAsync();
    }

    [Fact]
    public async Task The_own_page_cannot_be_framed()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using OtherOrigin other = await OtherOrigin.StartAsync();
        IPage page = await chromium.OpenAsync();
        List<string> errors = [];
        page.Console += (_, message) => errors.Add(message.Text);
        await page.GotoAsync($"http://localhost:{other.Port}/");

        await page.EvaluateAsync("url => new Promise(resolve => { const frame = Object.assign(document.createElement('iframe'), { src: url, onload: resolve }); document.body.append(frame); })", service.Address.ToString());

        Assert.Contains(errors, error => error.Contains("frame", StringComparison.OrdinalIgnoreCase));
        await page.CloseAsync();
    }

    [Fact]
    public async Task Swagger_UI_and_the_dashboard_work_under_their_policies()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage swagger = await WebPage.OpenAsync(chromium, new Uri(service.Address, "/swagger/index.html"));
        ILocator live = swagger["#operations-Health-get_health_live"];
        await live.Locator(".opblock-summary").ClickAsync();
        await live.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(live.Locator(".live-responses-table .response-col_status").Last).ToContainTextAsync("200");

        await using WebPage dashboard = await WebPage.OpenAsync(chromium, new Uri(service.Address, "/hangfire"));
        await Expect(dashboard.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("Hangfire"));
        await Expect(dashboard["#realtimeGraph.chartjs-render-monitor"]).ToBeVisibleAsync();
        await dashboard.Page.RunAndWaitForResponseAsync(() => dashboard.Page.ReloadAsync(), response => response.Url.EndsWith("/hangfire/stats", StringComparison.Ordinal) && response.Status == 200);
        await dashboard.Page.GotoAsync(new Uri(service.Address, "/hangfire/servers").ToString());
        await Expect(dashboard.Page.GetByRole(AriaRole.Heading, new() { Name = "Servers" })).ToBeVisibleAsync();
    }

    /// <summary>Does not finish during a test.</summary>
    private static async Task<string> StartAsync(Uri address)
    {
        using HttpClient http = new() { BaseAddress = address };
        using HttpResponseMessage response = await http.PostAsJsonAsync("/train", new { epochs = 1000 });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Everything that an unsafe call can change. Progress changes by itself.</summary>
    private static async Task<string> StateAsync(RunningService service)
    {
        IEnumerable<string> jobs = (await service.GetAsync("/jobs?limit=100")).GetProperty("data").EnumerateArray().Select(job => $"{job.GetProperty("id")} {(job.GetProperty("status").GetString() is "queued" or "running" ? "unfinished" : job.GetProperty("status"))}");
        return $"{string.Join('\n', jobs)}\n{await service.GetAsync("/models?limit=100")}\n{await service.GetAsync("/models/active")}";
    }

    private static async Task<IEnumerable<(string Method, string Url)>> UnsafeCallsAsync(RunningService service, Func<string, string> url) =>
        (await service.GetAsync("/swagger/v1/swagger.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (method.Name.ToUpperInvariant(), url(path.Name))))
            .Where(call => call.Item1 is not ("GET" or "HEAD"));

    /// <summary>The requests that a browser does not even send without permission (CORS), sent with its headers.</summary>
    private static async Task AssertRefusedAsync(Uri address, IEnumerable<(string Method, string Url)> calls, string site)
    {
        using HttpClient http = new() { BaseAddress = address };
        foreach ((string method, string url) in calls)
        {
            using HttpRequestMessage request = new(new HttpMethod(method), url) { Headers = { { "Sec-Fetch-Site", site } } };
            using HttpResponseMessage answer = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }
}
