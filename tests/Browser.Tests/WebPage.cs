using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RnnService.Testing;

namespace RnnService.Browser.Tests;

/// <summary>The page in a browser, with the actions of a user.</summary>
public sealed class WebPage : IAsyncDisposable
{
    /// <summary>The folder of the screenshots.</summary>
    public static readonly string Artifacts = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "page")).FullName;

    private readonly List<string> errors = [];
    private readonly HashSet<string> origins = [];

    private WebPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) => errors.AddRange(message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) ? [message.Text] : []);
        page.Request += (_, request) => origins.Add(new Uri(request.Url).GetLeftPart(UriPartial.Authority));
    }

    public IPage Page { get; }

    public ILocator this[string selector] => Page.Locator(selector);

    public static async Task<WebPage> OpenAsync(Chromium chromium, Uri address, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        WebPage page = new(await chromium.OpenAsync(width, scheme));
        await page.Page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>The path of a screenshot.</summary>
    public static string Screenshot(string name) => Path.Combine(Artifacts, $"{name.ToLowerInvariant()}.png");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The buttons with this text. Their accessible names say what they act on.</summary>
    public ILocator Buttons(string text) => Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{text} ") });

    /// <summary>Draws a stroke with the mouse. Coordinates are fractions of the drawing area.</summary>
    public async Task StrokeAsync(params (float X, float Y)[] points)
    {
        await this["#pad"].ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await this["#pad"].BoundingBoxAsync())!;
        (float X, float Y) At((float X, float Y) point) => (box.X + (box.Width * point.X), box.Y + (box.Height * point.Y));

        await Page.Mouse.MoveAsync(At(points[0]).X, At(points[0]).Y);
        await Page.Mouse.DownAsync();
        foreach ((float x, float y) in points.Skip(1).Select(At))
        {
            await Page.Mouse.MoveAsync(x, y, new() { Steps = 8 });
        }

        await Page.Mouse.UpAsync();
    }

    public Task DrawSevenAsync() => StrokeAsync((.28f, .22f), (.5f, .2f), (.74f, .2f), (.6f, .48f), (.47f, .86f));

    /// <summary>Draws a seven. The center and the height are fractions of the drawing area.</summary>
    public Task DrawSevenAsync(float x, float y, float size)
    {
        (float X, float Y) At(float right, float down) => (x + (size * right), y + (size * down));
        return StrokeAsync(At(-.35f, -.48f), At(0, -.5f), At(.36f, -.5f), At(.15f, -.08f), At(-.05f, .5f));
    }

    public Task DrawOneAsync() => StrokeAsync((.52f, .16f), (.5f, .5f), (.48f, .86f));

    /// <summary>Shows the settings that are folded at first.</summary>
    public Task OpenSettingsAsync() => this["details"].EvaluateAsync("details => { details.open = true; }");

    /// <summary>Fills in the form and starts a training job.</summary>
    public async Task StartTrainingAsync(params (string Setting, string Value)[] settings)
    {
        await OpenSettingsAsync();
        foreach ((string setting, string value) in settings)
        {
            await this[$"#set-{setting}"].FillAsync(value);
        }

        await Button("Start training").ClickAsync();
    }

    /// <summary>The number of epochs in the first curve.</summary>
    public async Task<int> EpochsAsync() => int.Parse((await this["#accuracy-chart"].GetAttributeAsync("data-points"))!.Split(',')[0] is { Length: > 0 } points ? points : "0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Waits until the first curve has at least this many epochs.</summary>
    public Task WaitForEpochsAsync(int epochs) =>
        Page.WaitForFunctionAsync("epochs => parseInt(document.querySelector('#accuracy-chart').dataset.points) >= epochs", epochs);

    /// <summary>Checks the page with axe and describes the violations.</summary>
    public async Task<IEnumerable<string>> ViolationsAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.js")));

        // Colors are measured when they have stopped changing.
        await Page.EvaluateAsync("() => Promise.all(document.getAnimations().filter((animation) => animation.effect.getComputedTiming().endTime < Infinity).map((animation) => animation.finished.catch(() => {})))");
        JsonElement result = (await Page.EvaluateAsync("() => axe.run(document, { resultTypes: ['violations'] })"))!.Value;
        return result.GetProperty("violations").EnumerateArray().Select(violation =>
            $"{violation.GetProperty("id").GetString()}: {string.Join("; ", violation.GetProperty("nodes").EnumerateArray().Select(node => $"{node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}"))}");
    }

    /// <summary>Asserts that no script failed, nothing violated the Content-Security-Policy, and no request was sent to another origin.</summary>
    public async ValueTask DisposeAsync()
    {
        string origin = new Uri(Page.Url).GetLeftPart(UriPartial.Authority);
        await Page.CloseAsync();
        Assert.Empty(errors);
        Assert.All(origins, other => Assert.Contains(other, new[] { origin, "blob:", "data:" }));
    }
}
