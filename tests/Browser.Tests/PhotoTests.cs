using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RnnService.Testing;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

/// <summary>Image files on the page: chosen, taken with a camera, dropped, and pasted.</summary>
public sealed class PhotoTests(Chromium chromium, TrainedService service) : IClassFixture<TrainedService>
{
    private const int Scale = 10;
    private const int Side = 28 * Scale;

    [Theory]
    [InlineData("#choose", "image/png")]
    [InlineData("#choose", "image/jpeg")]
    [InlineData("#camera", "image/webp")]
    public async Task A_photo_is_classified_and_its_digit_has_a_box(string input, string mediaType)
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page[input].SetInputFilesAsync(Photo([0], mediaType));

        await Expect(page["#digit"]).ToHaveTextAsync("7");
        await Expect(page["#boxes li"]).ToHaveTextAsync(["7"]);
        await Expect(page["#digits"]).ToBeEmptyAsync();
        await Expect(page["#spoken"]).ToHaveTextAsync(new Regex("^7[.] "));
    }

    [Fact]
    public async Task A_photo_of_several_digits_is_read_as_a_number_with_boxes_over_the_digits()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page["#choose"].SetInputFilesAsync(Photo([10, 0, 2], "image/jpeg"));

        await Expect(page["#digit"]).ToHaveTextAsync("071");
        LocatorBoundingBoxResult pad = (await page["#pad"].BoundingBoxAsync())!;
        float side = pad.Width / 3;
        for (int i = 0; i < 3; i++)
        {
            LocatorBoundingBoxResult box = (await page["#boxes li"].Nth(i).BoundingBoxAsync())!;
            Assert.InRange(box.X - pad.X, (i * side) - 1, ((i + 1) * side) - box.Width + 1);
            Assert.InRange(box.Y - pad.Y, ((pad.Height - side) / 2) - 1, ((pad.Height + side) / 2) - box.Height + 1);
        }
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("paste")]
    public async Task A_file_can_be_dropped_or_pasted(string action)
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        FilePayload photo = Photo([0], "image/jpeg");

        await page.Page.EvaluateAsync(
            """
            ([action, content]) => {
              const data = new DataTransfer();
              data.items.add(new File([Uint8Array.from(atob(content), letter => letter.charCodeAt(0))], 'photo.jpg', { type: 'image/jpeg' }));
              document.querySelector('#pad').dispatchEvent(action === 'drop'
                ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
                : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """,
            new[] { action, Convert.ToBase64String(photo.Buffer) });

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
    public async Task A_file_that_is_too_large_shows_an_error()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page["#choose"].SetInputFilesAsync(new FilePayload { Name = "large.png", MimeType = "image/png", Buffer = new byte[20_000_001] });

        await Expect(page["#verdict"]).ToHaveTextAsync("The image is larger than 20 MB. Send a smaller one.");
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Is_accessible_and_fits_its_window_with_a_number(int width, ColorScheme scheme)
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address, width, scheme);
        await page["#choose"].SetInputFilesAsync(Photo([.. Enumerable.Range(0, 12)], "image/jpeg"));
        await Expect(page["#digits button"]).ToHaveCountAsync(12);
        await Expect(page["#spoken"]).Not.ToBeEmptyAsync();

        await page.Page.ScreenshotAsync(new() { Path = WebPage.Screenshot($"{scheme}-{width}-photo"), FullPage = true });

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(await page.ViolationsAsync());
    }

    /// <summary>A photo of MNIST's test images in a row, dark on light.</summary>
    private static FilePayload Photo(int[] images, string mediaType)
    {
        Canvas canvas = new(images.Length * Side, Side, 235);
        for (int i = 0; i < images.Length; i++)
        {
            canvas.Paste(Mnist.Data.Test.Pixels(images[i]), i * Side, 0, Scale, ink: 20);
        }

        using SKBitmap bitmap = SKBitmap.Decode(canvas.ToPng());
        using SKData file = bitmap.Encode(mediaType switch { "image/jpeg" => SKEncodedImageFormat.Jpeg, "image/webp" => SKEncodedImageFormat.Webp, _ => SKEncodedImageFormat.Png }, 90);
        return new FilePayload { Name = "photo", MimeType = mediaType, Buffer = file.ToArray() };
    }
}
