using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

public sealed class ModelTests(Chromium chromium, TrainedService service) : IClassFixture<TrainedService>
{
    [Fact]
    public async Task Rolls_back_and_returns_to_the_latest_model()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.DrawSevenAsync();
        await Expect(page["#signature"]).ToHaveTextAsync("model #2");

        await page.Button("Roll back to #1").ClickAsync();
        await Expect(page["#serving"]).ToContainTextAsync("Active model: #1 (pinned)");
        await Expect(page["#signature"]).ToHaveTextAsync("model #1");
        Assert.Equal(1, (await service.Service.GetAsync("/models/active")).GetProperty("version").GetInt32());

        await page.Button("Use the latest").ClickAsync();
        await Expect(page["#serving"]).ToContainTextAsync("Active model: #2 (latest)");
        await Expect(page["#signature"]).ToHaveTextAsync("model #2");
        await Expect(page.Button("Use the latest")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_error_in_the_confusion_matrix_shows_its_images()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page["#misread"].ScrollIntoViewIfNeededAsync();
        await Expect(page["#misread h3"]).ToHaveTextAsync("Images that model #2 misclassified");
        await Expect(page["#misread canvas"]).ToHaveCountAsync(24);
        ILocator cell = page[".matrix button"].First;
        string[] digits = (await cell.GetAttributeAsync("data-cell"))!.Split('-');
        int count = int.Parse((await cell.TextContentAsync())!, CultureInfo.InvariantCulture);

        await cell.ClickAsync();

        await Expect(page["#misread h3"]).ToHaveTextAsync($"Images of {digits[0]} that model #2 classified as {digits[1]}");
        await Expect(page["#misread canvas"]).ToHaveCountAsync(Math.Min(24, count));
        await Expect(cell).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Two_models_are_compared()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        JsonElement[] models = [.. (await service.Service.GetAsync("/models")).GetProperty("data").EnumerateArray()];
        int fewer = (int)Math.Round((models[0].GetProperty("testAccuracy").GetDouble() - models[1].GetProperty("testAccuracy").GetDouble()) * 10_000);

        await page.Page.GetByLabel("Compare #1").CheckAsync();

        await Expect(page[".matrix"]).ToHaveCountAsync(2);
        await Expect(page["#difference"]).ToContainTextAsync($"#2 misclassifies {fewer.ToString("N0", CultureInfo.InvariantCulture)} fewer images than #1");
        await Expect(page["#difference"]).ToContainTextAsync("Different settings: network lstm vs. gru, hidden size 64 vs. 32, epochs 8 vs. 3, training images 8000 vs. 2000.");
    }

    [Fact]
    public async Task A_model_is_downloaded()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByLabel("Download #2 as ONNX").ClickAsync());

        Assert.Equal("rnn-service-2.onnx", download.SuggestedFilename);
    }

    [Fact]
    public async Task A_model_trained_elsewhere_appears_without_a_reload()
    {
        await using RunningService own = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, own.Address);
        await Expect(page["#no-jobs"]).ToBeVisibleAsync();

        await own.TrainAsync(new { epochs = 2, hiddenSize = 16, trainingImages = 500 });

        await Expect(page["#serving"]).ToContainTextAsync(new Regex("Active model: #1 \\(latest\\), LSTM 16"));
    }
}
