using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

/// <summary>Resuming and deleting jobs on the page. Each test starts its own service.</summary>
public sealed class JobActionTests(Chromium chromium)
{
    [Fact]
    public async Task The_curve_of_a_resumed_job_continues()
    {
        await using RunningService service = await RunningService.StartAsync();
        string id = await service.CancelAfterFirstEpochAsync(new { preset = "fast", epochs = 1000, hiddenSize = 16, trainingImages = 1_000 });
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        ILocator job = page[".job"];
        await Expect(job).ToHaveAttributeAsync("data-status", "cancelled");
        await page.Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("^Show curve of") }).ClickAsync();
        await page.WaitForEpochsAsync(1);
        int known = await page.EpochsAsync();

        await page.Buttons("Resume").ClickAsync();
        await Expect(job).ToHaveAttributeAsync("data-status", "running");
        await page.WaitForEpochsAsync(known + 2);

        // The log now contains an earlier end of the job, which a new connection receives again.
        await page.Page.ReloadAsync();
        await page.WaitForEpochsAsync(known + 3);
        await Expect(job).ToHaveAttributeAsync("data-status", "running");
        await page.Buttons("Cancel").ClickAsync();
        await Expect(job).ToHaveAttributeAsync("data-status", "cancelled");
        await page.Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("^Show curve of") }).SetCheckedAsync(true);

        JsonElement[] epochs = [.. (await service.GetAsync($"/jobs/{id}")).GetProperty("epochs").EnumerateArray()];
        await page.WaitForEpochsAsync(epochs.Length);
        Assert.Equal(epochs.Length, await page.EpochsAsync());
    }

    [Fact]
    public async Task A_job_that_cannot_be_resumed_shows_why()
    {
        await using RunningService service = await RunningService.StartAsync();
        await service.CancelAfterFirstEpochAsync(new { preset = "fast", epochs = 1000, hiddenSize = 16, trainingImages = 1_000 });
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.Page.RouteAsync("**/resume", route => route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = """{"detail": "Its checkpoint has expired."}""" }));

        await page.Buttons("Resume").ClickAsync();

        await Expect(page[".job [role=alert]"]).ToHaveTextAsync("Its checkpoint has expired.");
        Assert.Empty(await page.ViolationsAsync());
    }

    [Fact]
    public async Task A_finished_job_is_deleted_after_confirmation()
    {
        await using RunningService service = await RunningService.StartAsync();
        await service.TrainAsync(new { preset = "fast", epochs = 2, hiddenSize = 16, trainingImages = 500 });
        await service.FillAsync(jobs: 2, models: 1);
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await Expect(page["#accuracy-chart"]).ToHaveAttributeAsync("data-points", "2,2");
        ILocator dialog = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Delete this training job?" });

        await page.Buttons("Delete").First.ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(page.Button("Keep job")).ToBeFocusedAsync();
        foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await page.ViolationsAsync());
            await page.Page.ScreenshotAsync(new() { Path = WebPage.Screenshot($"{scheme}-delete") });
        }

        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.Buttons("Delete").First).ToBeFocusedAsync();
        await Expect(page[".job"]).ToHaveCountAsync(2);

        await page.Buttons("Delete").First.ClickAsync();
        await page.Button("Delete job").ClickAsync();
        await Expect(page[".job"]).ToHaveCountAsync(1);
        await Expect(page["#accuracy-chart"]).ToHaveAttributeAsync("data-points", "2");
        await Expect(page.Buttons("Delete")).ToBeFocusedAsync();
        await page.Buttons("Delete").ClickAsync();
        await page.Button("Delete job").ClickAsync();

        await Expect(page["#no-jobs"]).ToBeVisibleAsync();
        await Expect(page["#jobs-title"]).ToBeFocusedAsync();
        await Expect(page["#serving"]).ToContainTextAsync("Active model: #1");
        Assert.Empty((await service.GetAsync("/jobs")).GetProperty("data").EnumerateArray());
    }
}
