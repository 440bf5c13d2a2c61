using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

public sealed class ModelTests(Chromium chromium, TrainedService service) : IClassFixture<TrainedService>
{
    [Fact]
    public async Task Rolls_back_and_follows_the_latest_again()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.DrawSevenAsync();
        await Expect(page["#signature"]).ToHaveTextAsync("says network #2");

        await page.Button("Roll back to #1").ClickAsync();
        await Expect(page["#serving"]).ToContainTextAsync("#1 answers, because it was chosen");
        await Expect(page["#signature"]).ToHaveTextAsync("says network #1");
        Assert.Equal(1, (await service.Service.GetAsync("/models/active")).GetProperty("version").GetInt32());

        await page.Button("Follow the latest").ClickAsync();
        await Expect(page["#serving"]).ToContainTextAsync("#2 answers, because it is the latest");
        await Expect(page["#signature"]).ToHaveTextAsync("says network #2");
        await Expect(page.Button("Follow the latest")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_mistake_in_the_confusion_matrix_shows_the_digits_behind_it()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page["#misread"].ScrollIntoViewIfNeededAsync();
        await Expect(page["#misread h3"]).ToHaveTextAsync("Some that #2 misread");
        await Expect(page["#misread canvas"]).ToHaveCountAsync(24);
        ILocator cell = page[".matrix button"].First;
        string[] digits = (await cell.GetAttributeAsync("data-cell"))!.Split('-');
        int count = int.Parse((await cell.TextContentAsync())!, CultureInfo.InvariantCulture);

        await cell.ClickAsync();

        await Expect(page["#misread h3"]).ToHaveTextAsync($"Each is a {digits[0]}, and #2 read a {digits[1]}");
        await Expect(page["#misread canvas"]).ToHaveCountAsync(Math.Min(24, count));
        await Expect(cell).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Two_networks_are_compared()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        JsonElement[] models = [.. (await service.Service.GetAsync("/models")).GetProperty("data").EnumerateArray()];
        int fewer = (int)Math.Round((models[0].GetProperty("testAccuracy").GetDouble() - models[1].GetProperty("testAccuracy").GetDouble()) * 10_000);

        await page.Page.GetByLabel("Compare #1").CheckAsync();

        await Expect(page[".matrix"]).ToHaveCountAsync(2);
        await Expect(page["#difference"]).ToContainTextAsync($"#2 misreads {fewer.ToString("N0", CultureInfo.InvariantCulture)} fewer than #1");
        await Expect(page["#difference"]).ToContainTextAsync("They differ in network lstm against gru, hidden units 64 against 32, epochs 8 against 3, training images 8000 against 2000.");
    }

    [Fact]
    public async Task A_network_is_downloaded()
    {
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByLabel("Download #2 as ONNX").ClickAsync());

        Assert.Equal("rnn-service-2.onnx", download.SuggestedFilename);
    }

    [Fact]
    public async Task What_another_trains_appears_by_itself()
    {
        await using RunningService own = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, own.Address);
        await Expect(page["#no-jobs"]).ToBeVisibleAsync();

        await own.TrainAsync(new { epochs = 2, hiddenSize = 16, trainingImages = 500 });

        await Expect(page["#serving"]).ToContainTextAsync(new Regex("#1 answers, because it is the latest: LSTM 16"));
    }
}
