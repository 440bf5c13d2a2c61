using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

/// <summary>The page of a service with 200 jobs and 200 models.</summary>
public sealed partial class ManyJobsAndModelsTests(Chromium chromium, FilledService filled) : IClassFixture<FilledService>
{
    private const int PageSize = 20;

    /// <summary>The lists, the running jobs, and the epochs of the four curves that are visible by default.</summary>
    private const int ApiRequests = 7;

    [Fact]
    public async Task First_visit_sends_the_same_requests_with_20_jobs_and_5_models()
    {
        await using RunningService few = await RunningService.StartAsync();
        await few.TrainAsync(new { preset = "fast", epochs = 2, hiddenSize = 16, trainingImages = 500 });
        await few.FillAsync(20, 5);

        (string[] expected, int expectedElements) = await VisitAsync(few.Address);
        (string[] requests, int elements) = await VisitAsync(filled.Address);

        Assert.Equal(expected, requests);
        Assert.Equal(ApiRequests, requests.Count(path => path.StartsWith("/jobs", StringComparison.Ordinal) || path.StartsWith("/models", StringComparison.Ordinal)));
        Assert.InRange(elements, expectedElements, expectedElements * 3 / 2);
    }

    [Fact]
    public async Task Older_jobs_are_shown_page_by_page()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, filled.Address);
        await Expect(page[".job"]).ToHaveCountAsync(PageSize);
        await page.WaitForEpochsAsync(2);
        List<string> requests = Record(page.Page);

        for (int shown = PageSize; shown < FilledService.Count; shown += PageSize)
        {
            await page.Button("Show older jobs").ClickAsync();
            await Expect(page[".job"]).ToHaveCountAsync(shown + PageSize);
        }

        await Expect(page["#more-jobs"]).ToBeHiddenAsync();
        await Expect(page["#jobs"]).ToBeFocusedAsync();
        await Expect(page[".job"].Last).ToHaveAttributeAsync("data-job", filled.Cancelled);
        Assert.Equal(9, requests.Count(path => path.Contains("&after=", StringComparison.Ordinal)));
        Assert.All(requests, path => Assert.StartsWith("/jobs?", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Older_models_are_shown_page_by_page()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, filled.Address);
        await Expect(page["#serving"]).ToContainTextAsync("Active model: #200 (latest)");
        await Expect(page["tbody tr[data-version]"]).ToHaveCountAsync(PageSize);

        for (int shown = PageSize; shown < FilledService.Count; shown += PageSize)
        {
            await page.Button("Show older models").ClickAsync();
            await Expect(page["tbody tr[data-version]"]).ToHaveCountAsync(shown + PageSize);
        }

        await Expect(page["#more-models"]).ToBeHiddenAsync();
        await Expect(page["tbody tr[data-version]"].Last).ToHaveAttributeAsync("data-version", "1");
    }

    [Fact]
    public async Task Paging_continues_if_another_client_deletes_the_last_job()
    {
        await using RunningService service = await RunningService.StartAsync();
        await service.TrainAsync(new { preset = "fast", epochs = 2, hiddenSize = 16, trainingImages = 500 });
        await service.FillAsync(30, 1);
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await Expect(page[".job"]).ToHaveCountAsync(PageSize);

        // The next poll would notice the deletion.
        await page.Page.EvaluateAsync("() => { for (let id = 0; id < 100; id++) clearInterval(id); }");
        await service.SendAsync(HttpMethod.Delete, $"/jobs/{await page[".job"].Last.GetAttributeAsync("data-job")}");
        await page.Button("Show older jobs").ClickAsync();

        await Expect(page[".job"]).ToHaveCountAsync(29);
        await Expect(page["#jobs-message"]).ToBeEmptyAsync();
    }

    [Fact]
    public async Task The_active_model_is_shown_and_rolled_back_although_it_is_not_loaded()
    {
        JsonElement[] oldest = [.. (await filled.Service.GetAsync($"/models?limit=5&after={await IdOfAsync(version: 6)}")).GetProperty("data").EnumerateArray()];
        await filled.Service.SendAsync(HttpMethod.Put, "/models/active", new { id = oldest[2].GetProperty("id").GetString() });
        await using WebPage page = await WebPage.OpenAsync(chromium, filled.Address);

        await Expect(page["#serving"]).ToContainTextAsync("Active model: #3 (pinned)");
        await Expect(page["tbody tr.active"]).ToHaveAttributeAsync("data-version", "3");
        await Expect(page["#compared h3"]).ToContainTextAsync("#3 LSTM 16");
        await page.Button("Roll back to #2").ClickAsync();
        await Expect(page["#serving"]).ToContainTextAsync("Active model: #2 (pinned)");
        await Expect(page["tbody tr.active"]).ToHaveAttributeAsync("data-version", "2");
        await page.Button("Use the latest").ClickAsync();

        await Expect(page["#serving"]).ToContainTextAsync("Active model: #200 (latest)");
        await Expect(page["tbody tr[data-version]"]).ToHaveCountAsync(PageSize);
        await Expect(page.Button("Roll back to #199")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_running_job_is_shown_although_it_is_not_loaded()
    {
        await filled.Service.SendAsync(HttpMethod.Post, $"/jobs/{filled.Cancelled}/resume");
        await using WebPage page = await WebPage.OpenAsync(chromium, filled.Address);
        ILocator running = page[$"[data-job='{filled.Cancelled}']"];
        await Expect(running).ToContainTextAsync(new Regex("Epoch \\d+ of 1000"));
        await page.WaitForEpochsAsync(2);
        await Expect(page[".job"]).ToHaveCountAsync(PageSize + 1);

        await running.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(running).ToHaveAttributeAsync("data-status", "cancelled");
        await Expect(page.Buttons("Resume")).ToBeVisibleAsync();
        foreach ((int width, ColorScheme scheme) in new[] { (390, ColorScheme.Dark), (1440, ColorScheme.Light) })
        {
            await page.Page.SetViewportSizeAsync(width, 900);
            await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await page.ViolationsAsync());
            Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            await page.Page.ScreenshotAsync(new() { Path = WebPage.Screenshot($"{scheme}-{width}-many"), FullPage = true });
        }
    }

    private async Task<string> IdOfAsync(int version)
    {
        string after = "";
        while (true)
        {
            JsonElement[] page = [.. (await filled.Service.GetAsync($"/models?limit=100{after}")).GetProperty("data").EnumerateArray()];
            JsonElement found = page.FirstOrDefault(model => model.GetProperty("version").GetInt32() == version);
            if (found.ValueKind == JsonValueKind.Object)
            {
                return found.GetProperty("id").GetString()!;
            }

            after = $"&after={page[^1].GetProperty("id").GetString()}";
        }
    }

    /// <summary>Returns the requests of a first visit, with ids replaced, and the number of elements of the page.</summary>
    private async Task<(string[] Requests, int Elements)> VisitAsync(Uri address)
    {
        IPage page = await chromium.OpenAsync();
        List<string> requests = Record(page);
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Expect(page.Locator("#serving")).ToContainTextAsync("Active model");
        string[] sent = [.. requests.Select(path => Id().Replace(path, "{id}")).Order(StringComparer.Ordinal)];
        int elements = await page.EvaluateAsync<int>("() => document.querySelectorAll('*').length");
        await page.CloseAsync();
        return (sent, elements);
    }

    private static List<string> Record(IPage page)
    {
        List<string> requests = [];
        page.Request += (_, request) => requests.Add(new Uri(request.Url).PathAndQuery);
        return requests;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
