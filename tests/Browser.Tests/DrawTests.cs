using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

public sealed class DrawTests(Chromium chromium, TrainedService service) : IClassFixture<TrainedService>
{
    [Fact]
    public async Task A_one_and_a_seven_drawn_with_the_mouse_are_classified()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page.DrawSevenAsync();
        await Expect(page["#digit"]).ToHaveTextAsync("7");
        await Expect(page["#spoken"]).ToHaveTextAsync(Spoken());
        await page.Button("Clear").ClickAsync();
        await Expect(page["#digit"]).ToHaveTextAsync("?");
        await page.DrawOneAsync();

        await Expect(page["#digit"]).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task The_prediction_updates_during_a_stroke()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        LocatorBoundingBoxResult box = (await page["#pad"].BoundingBoxAsync())!;

        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height * .2f));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height * .8f), new() { Steps = 10 });

        await Expect(page["#digit"]).ToHaveTextAsync("1");
        await Expect(page["#bars li.first b"]).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task The_slider_selects_a_row_by_keyboard()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.DrawSevenAsync();
        ILocator row = page["#row"];
        await Expect(row).ToBeEnabledAsync();
        await Expect(page["#spoken"]).ToHaveTextAsync(Spoken());

        await row.FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        await Expect(row).ToHaveAttributeAsync("aria-valuetext", AfterRow(1));
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(row).ToHaveAttributeAsync("aria-valuetext", AfterRow(2));
        await page.Page.Keyboard.PressAsync("End");

        await Expect(row).ToHaveAttributeAsync("aria-valuetext", new Regex("^after row 28: 7, "));
        await Expect(page["#bars li.first b"]).ToHaveTextAsync("7");
    }

    [Fact]
    public async Task Play_shows_every_row_from_first_to_last()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.DrawSevenAsync();
        await Expect(page["#spoken"]).ToHaveTextAsync(Spoken());
        await page.Page.EvaluateAsync("() => { window.rows = new Set(); new MutationObserver(() => window.rows.add(document.querySelector('#row-text').textContent)).observe(document.querySelector('#row-text'), { childList: true }); }");

        await page["#row"].FillAsync("28");
        await page.Button("Play row by row").ClickAsync();

        await page.Page.WaitForFunctionAsync("() => window.rows.size === 28");
        await Expect(page["#row-text"]).ToHaveTextAsync("row 28");
        await Expect(page.Button("Play row by row")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_digit_can_be_drawn_with_only_the_keyboard()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page["#pad"].FocusAsync();
        await page.Page.Keyboard.PressAsync("Space");
        for (int step = 0; step < 16; step++)
        {
            await page.Page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Page.Keyboard.PressAsync("Space");

        await Expect(page["#digit"]).ToHaveTextAsync("1");
        await Expect(page["#spoken"]).ToHaveTextAsync(new Regex("^1[.] "));
    }

    [Theory]
    [InlineData(.3f, .5f, .5f)]
    [InlineData(.3f, .22f, .75f)]
    [InlineData(.65f, .5f, .5f)]
    public async Task A_seven_of_any_size_is_classified(float size, float x, float y)
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page.DrawSevenAsync(x, y, size);

        await Expect(page["#digit"]).ToHaveTextAsync("7");
        await Expect(page["#spoken"]).ToHaveTextAsync(new Regex("^7[.] "));
        await Expect(page["#boxes li"]).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Two_digits_are_read_as_a_number_and_each_can_be_selected()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page.DrawSevenAsync(.3f, .5f, .4f);
        await page.StrokeAsync((.75f, .3f), (.75f, .7f));

        await Expect(page["#digit"]).ToHaveTextAsync("71");
        await Expect(page["#spoken"]).ToHaveTextAsync("2 digits: 71.");
        await Expect(page["#verdict"]).ToHaveTextAsync(new Regex("^2 digits[.] Least certain: [0-9][.] "));
        await Expect(page["#boxes li"]).ToHaveTextAsync(["7", "1"]);
        await Expect(page["#bars li.first b"]).ToHaveTextAsync("7");
        await page.Buttons("Digit 2:").ClickAsync();
        await Expect(page.Buttons("Digit 2:")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page["#boxes li.selected"]).ToHaveTextAsync("1");
        await Expect(page["#row"]).ToHaveAttributeAsync("aria-valuetext", new Regex("^after row 28: 1, "));
        await page.Button("Clear").ClickAsync();
        await Expect(page["#boxes li"]).ToHaveCountAsync(0);
        await Expect(page["#digits"]).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_prediction_is_retried_after_503()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await RefuseFirstAsync(page, retryAfter: 1, () => { });

        await page.Button("Example").ClickAsync();

        await Expect(page["#verdict"]).ToContainTextAsync("The service is busy. Trying again");
        await Expect(page["#digit"]).ToHaveTextAsync("7");
    }

    [Fact]
    public async Task A_prediction_is_not_retried_after_503_when_the_drawing_was_cleared()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.Page.Clock.InstallAsync();
        int requests = 0;
        await RefuseFirstAsync(page, retryAfter: 600, () => requests++);
        await page.Button("Example").ClickAsync();
        await Expect(page["#verdict"]).ToContainTextAsync("The service is busy. Trying again");

        await page.Button("Clear").ClickAsync();
        await page.Page.Clock.FastForwardAsync(601_000);

        // A repeated prediction would encode the drawing and send it, and so be before this request.
        await page.Page.EvaluateAsync("async () => { await new Promise(encoded => document.querySelector('canvas').toBlob(encoded)); await fetch('/health/live'); }");

        Assert.Equal(1, requests);
        await Expect(page["#digit"]).ToHaveTextAsync("?");
    }

    private static Regex Spoken() => new("^\\d\\. (This does not look like a digit|(Sure|Probably|Cannot tell): .+ confidence)\\. The prediction ");

    private static Regex AfterRow(int row) => new($"^after row {row}: \\d, \\d+%$");

    /// <summary>Answers the first prediction with 503, to be repeated after some seconds.</summary>
    private static async Task RefuseFirstAsync(WebPage page, int retryAfter, Action requested)
    {
        bool refused = false;
        await page.Page.RouteAsync("**/predict?*", route =>
        {
            requested();
            (bool first, refused) = (!refused, true);
            return first
                ? route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"detail": "Full."}""", Headers = new Dictionary<string, string> { ["Retry-After"] = $"{retryAfter}" } })
                : route.ContinueAsync();
        });
    }
}
