using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RnnService.Testing;
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
        await Expect(page["#spoken"]).ToHaveTextAsync(new Regex("^1, "));
    }

    [Fact]
    public async Task An_image_of_any_size_is_classified()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        byte[] seven = PngWriter.Gray(Enlarged(Mnist.Data.Test.Pixels(0), 10, invert: true), 280, 280);

        await page["#choose"].SetInputFilesAsync(new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = seven });

        await Expect(page["#digit"]).ToHaveTextAsync("7");
    }

    [Fact]
    public async Task A_file_that_is_not_an_image_shows_an_error()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page["#choose"].SetInputFilesAsync(new FilePayload { Name = "seven.png", MimeType = "image/png", Buffer = "seven"u8.ToArray() });

        await Expect(page["#verdict"]).ToHaveTextAsync("The browser cannot read this file as an image. Use a PNG, JPEG, or WebP file.");
    }

    [Fact]
    public async Task A_prediction_is_retried_after_503()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        int requests = 0;
        await page.Page.RouteAsync("**/predict?*", route => requests++ == 0
            ? route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"detail": "Full."}""", Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } })
            : route.ContinueAsync());

        await page.Button("Example").ClickAsync();

        await Expect(page["#verdict"]).ToContainTextAsync("The service is busy. Trying again");
        await Expect(page["#digit"]).ToHaveTextAsync("7");
    }

    private static Regex Spoken() => new("^\\d, [0-9.]+% confidence\\. The prediction ");

    private static Regex AfterRow(int row) => new($"^after row {row}: \\d, \\d+%$");

    private static byte[] Enlarged(ReadOnlySpan<byte> pixels, int scale, bool invert)
    {
        byte[] small = pixels.ToArray();
        int side = 28 * scale;
        return [.. Enumerable.Range(0, side * side).Select(i => small[(i / side / scale * 28) + (i % side / scale)]).Select(ink => (byte)(invert ? 255 - ink : ink))];
    }
}
