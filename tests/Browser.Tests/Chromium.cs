using Microsoft.Playwright;
using RnnService.Browser.Tests;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace RnnService.Browser.Tests;

/// <summary>The installed Chromium, started once for all tests. If there is none, the tests are skipped; <c>test.sh</c> installs it where possible.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Generous, so that slow machines do not cause failures.</summary>
    private const float TimeoutMilliseconds = 90_000;

    private static readonly string[] Flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly string? Executable = new[]
    {
        Environment.GetEnvironmentVariable("CHROMIUM"),
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    }.FirstOrDefault(File.Exists);

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Executable is not null)
        {
            Assertions.SetDefaultExpectTimeout(TimeoutMilliseconds);
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Flags, Timeout = TimeoutMilliseconds });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }

    /// <summary>Opens a page in a new browser context.</summary>
    public async Task<IPage> OpenAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(browser is null, "Chromium was not found. Install it, or set the environment variable CHROMIUM to its path.");
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        page.SetDefaultTimeout(TimeoutMilliseconds);
        return page;
    }
}
