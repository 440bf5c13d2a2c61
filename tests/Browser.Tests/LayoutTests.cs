using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

/// <summary>Layout and accessibility in phone, tablet, and desktop widths, in the light and dark themes. Screenshots are written to artifacts/page.</summary>
public sealed class LayoutTests(Chromium chromium, TrainedService service) : IClassFixture<TrainedService>
{
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(820, ColorScheme.Light)]
    [InlineData(820, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Is_accessible_and_fits_its_window(int width, ColorScheme scheme)
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address, width, scheme);
        await page.DrawSevenAsync();
        await Expect(page["#digit"]).ToHaveTextAsync("7");
        await Expect(page["#spoken"]).Not.ToBeEmptyAsync();
        await page["#row"].FillAsync("21");
        await page.WaitForEpochsAsync(3);
        await page["#misread"].ScrollIntoViewIfNeededAsync();
        await Expect(page["#misread canvas"].First).ToBeVisibleAsync();
        await page.Page.EvaluateAsync("() => scrollTo({ top: 0, behavior: 'instant' })");

        await page.Page.ScreenshotAsync(new() { Path = WebPage.Screenshot($"{scheme}-{width}-top"), Clip = new() { Width = width, Height = 830 } });
        await page.Page.ScreenshotAsync(new() { Path = WebPage.Screenshot($"{scheme}-{width}"), FullPage = true });

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(await page.ViolationsAsync());
    }

    [Fact]
    public async Task Is_accessible_when_empty_and_with_validation_errors()
    {
        await using RunningService empty = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, empty.Address);
        await page.DrawSevenAsync();
        await Expect(page["#verdict"]).ToContainTextAsync("There is no model yet");
        await page.StartTrainingAsync(("epochs", "many"));
        await Expect(page["#fault-epochs"]).Not.ToBeEmptyAsync();

        Assert.Empty(await page.ViolationsAsync());
    }

    /// <summary>Asserts the transfer size. The load time depends on the machine and is only reported.</summary>
    [Fact]
    public async Task First_visit_transfers_less_than_150_kB()
    {
        IPage page = await chromium.OpenAsync();
        List<IRequest> requests = [];
        page.RequestFinished += (_, request) => requests.Add(request);
        await page.GotoAsync(service.Address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });

        int bytes = 0;
        foreach (IRequest request in requests)
        {
            RequestSizesResult sizes = await request.SizesAsync();
            bytes += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        double interactive = await page.EvaluateAsync<double>("() => performance.getEntriesByName('interactive')[0].startTime");
        string figures = FormattableString.Invariant($"{requests.Count} requests, {bytes / 1000.0:0.0} kB, interactive after {interactive:0} ms");
        TestContext.Current.SendDiagnosticMessage(figures);
        await File.WriteAllTextAsync(Path.Combine(WebPage.Artifacts, "figures.txt"), figures + "\n");
        await page.CloseAsync();

        Assert.InRange(bytes, 1, 150_000);
    }
}
