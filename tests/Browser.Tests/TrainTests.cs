using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

/// <summary>Training jobs on the page. Each test starts its own service.</summary>
public sealed class TrainTests(Chromium chromium)
{
    /// <summary>Does not finish during a test; its epochs are short.</summary>
    private static readonly (string, string)[] Endless = [("epochs", "1000"), ("hiddenSize", "16"), ("trainingImages", "1000")];

    [Fact]
    public async Task The_first_trained_model_classifies_the_drawing_without_a_reload()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await Expect(page["#serving"]).ToContainTextAsync("No models yet");
        await page.DrawSevenAsync();
        await Expect(page["#verdict"]).ToContainTextAsync("There is no model yet. Train one below");

        await page.StartTrainingAsync(("epochs", "8"), ("hiddenSize", "64"), ("trainingImages", "8000"));

        await Expect(page[".job"]).ToContainTextAsync(new Regex("Epoch \\d of 8 · .*left"));
        await page.WaitForEpochsAsync(2);
        await page.WaitForEpochsAsync(8);
        await Expect(page[".job"]).ToContainTextAsync("test accuracy");
        await Expect(page["#serving"]).ToContainTextAsync("Active model: #1");
        await Expect(page["#digit"]).ToHaveTextAsync("7");
    }

    [Fact]
    public async Task The_first_choice_also_trains_a_feed_forward_network()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page.OpenSettingsAsync();
        await page["#set-network"].SelectOptionAsync("fnn");
        await page.StartTrainingAsync(("epochs", "1"), ("hiddenSize", "16"), ("trainingImages", "1000"));

        await Expect(page[".job"]).ToContainTextAsync("Feed-forward 16");
        await Expect(page[".job"]).ToContainTextAsync("robust preset, 1 epoch");
        await Expect(page[".job"]).ToContainTextAsync("test accuracy");
    }

    [Fact]
    public async Task A_reload_during_training_restores_the_complete_curve()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.StartTrainingAsync(Endless);
        await page.WaitForEpochsAsync(4);

        await page.Page.ReloadAsync();
        await page.WaitForEpochsAsync(4);

        int known = await page.EpochsAsync();
        await Expect(page["#accuracy-chart"]).ToHaveAttributeAsync("aria-label", new Regex("Validation accuracy by epoch\\. LSTM 16, 2 members, robust preset.*after epoch \\d+\\."));
        Assert.True(await CurvePixelsAsync(page) > 0, "The curve is not drawn.");
        await page.WaitForEpochsAsync(known + 2);
    }

    [Fact]
    public async Task The_page_reconnects_after_the_service_is_killed_and_restarted()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.StartTrainingAsync(Endless);
        await page.WaitForEpochsAsync(3);

        service.Kill();
        await Expect(page["#connection"]).ToContainTextAsync("The service is not responding");
        int known = await page.EpochsAsync();
        await service.RestartAsync();

        await Expect(page["#connection"]).ToBeEmptyAsync();
        await page.WaitForEpochsAsync(known + 3);
        await Expect(page[".job"]).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Running_and_queued_jobs_are_cancelled()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.StartTrainingAsync(Endless);
        await page.WaitForEpochsAsync(1);
        await page.StartTrainingAsync(Endless);
        ILocator queued = page[".job"].First;
        ILocator running = page[".job"].Last;
        await Expect(queued).ToContainTextAsync("Queued");

        await queued.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(queued).ToHaveAttributeAsync("data-status", "cancelled");
        await running.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(running).ToContainTextAsync(new Regex("Cancelled in epoch \\d+ of 1000"));
        await Expect(page.Buttons("Cancel")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Invalid_settings_and_a_full_queue_show_errors()
    {
        await using RunningService service = await RunningService.StartAsync("--Training:QueueLimit=1");
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);

        await page.StartTrainingAsync(("epochs", "many"), ("layers", "99"));
        await Expect(page["#fault-epochs"]).ToContainTextAsync("must be a whole number");
        await Expect(page["#fault-layers"]).ToContainTextAsync("must be from 1 to");
        await Expect(page["#set-layers"]).ToBeFocusedAsync();

        await page["#set-layers"].FillAsync("");
        await page.StartTrainingAsync(Endless);
        await page.WaitForEpochsAsync(1);
        await page.StartTrainingAsync(Endless);
        await Expect(page[".job"]).ToHaveCountAsync(2);
        await page.StartTrainingAsync(Endless);

        await Expect(page["#train-message"]).ToContainTextAsync("The queue is full");
        await Expect(page["#fault-epochs"]).ToBeEmptyAsync();
    }

    /// <summary>The number of colored pixels in the chart. The axes are gray.</summary>
    private static Task<int> CurvePixelsAsync(WebPage page) => page.Page.EvaluateAsync<int>("""
        () => {
          const canvas = document.querySelector('#accuracy-chart canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3))
            .filter(color => Math.max(...color) - Math.min(...color) > 60).length;
        }
        """);
}
