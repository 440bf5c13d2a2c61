using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RnnService.Browser.Tests;

/// <summary>Trainings, watched on the page. Each test has a service of its own.</summary>
public sealed class TrainTests(Chromium chromium)
{
    /// <summary>Too long to end while a test runs; its epochs are short.</summary>
    private static readonly (string, string)[] Endless = [("epochs", "1000"), ("hiddenSize", "16"), ("trainingImages", "1000")];

    [Fact]
    public async Task From_no_network_to_one_that_answers_without_leaving_the_page()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await Expect(page["#serving"]).ToContainTextAsync("No network has been trained yet");
        await page.DrawSevenAsync();
        await Expect(page["#verdict"]).ToContainTextAsync("There is no network yet. Train one below");

        await page.StartTrainingAsync(("epochs", "8"), ("hiddenSize", "64"), ("trainingImages", "8000"));

        await Expect(page[".job"]).ToContainTextAsync(new Regex("Epoch \\d of 8 · .*left"));
        await page.WaitForEpochsAsync(2);
        await page.WaitForEpochsAsync(8);
        await Expect(page[".job"]).ToContainTextAsync("of the test digits");
        await Expect(page["#serving"]).ToContainTextAsync("#1 answers");
        await Expect(page["#digit"]).ToHaveTextAsync("7");
    }

    [Fact]
    public async Task A_reload_in_the_middle_of_a_training_shows_the_whole_curve_again()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.StartTrainingAsync(Endless);
        await page.WaitForEpochsAsync(4);

        await page.Page.ReloadAsync();
        await page.WaitForEpochsAsync(4);

        int known = await page.EpochsAsync();
        await Expect(page["#accuracy-chart"]).ToHaveAttributeAsync("aria-label", new Regex("Accuracy of the validation images by epoch\\. LSTM 16, fast recipe.*after epoch \\d+\\."));
        Assert.True(await CurvePixelsAsync(page) > 0, "The curve was not drawn.");
        await page.WaitForEpochsAsync(known + 2);
    }

    [Fact]
    public async Task The_page_recovers_by_itself_when_the_service_is_killed_and_started_again()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.StartTrainingAsync(Endless);
        await page.WaitForEpochsAsync(3);

        service.Kill();
        await Expect(page["#connection"]).ToContainTextAsync("The service does not answer");
        int known = await page.EpochsAsync();
        await service.RestartAsync();

        await Expect(page["#connection"]).ToBeEmptyAsync();
        await page.WaitForEpochsAsync(known + 3);
        await Expect(page[".job"]).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_training_is_cancelled_and_so_is_one_that_waits()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using WebPage page = await WebPage.OpenAsync(chromium, service.Address);
        await page.StartTrainingAsync(Endless);
        await page.WaitForEpochsAsync(1);
        await page.StartTrainingAsync(Endless);
        ILocator waiting = page[".job"].First;
        ILocator running = page[".job"].Last;
        await Expect(waiting).ToContainTextAsync("Waits for its turn");

        await waiting.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(waiting).ToHaveAttributeAsync("data-status", "cancelled");
        await running.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(running).ToContainTextAsync(new Regex("Cancelled after epoch \\d+"));
        await Expect(page.Button("Cancel")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Wrong_settings_are_explained_beside_their_fields_and_a_full_queue_in_words()
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

    /// <summary>How much colour there is on the chart: its axes are gray.</summary>
    private static Task<int> CurvePixelsAsync(WebPage page) => page.Page.EvaluateAsync<int>("""
        () => {
          const canvas = document.querySelector('#accuracy-chart canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3))
            .filter(colour => Math.max(...colour) - Math.min(...colour) > 60).length;
        }
        """);
}
