using System.Net.ServerSentEvents;

namespace RnnService.Api.Tests.Progress;

public sealed class ManyWatchersTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task A_thousand_watchers_of_one_job_hear_every_epoch_once()
    {
        // The job waits until all watch it.
        string first = await service.StartTrainingAsync(Service.EndlessTraining);
        string job = await service.StartTrainingAsync("""{"epochs": 8, "hiddenSize": 8, "trainingImages": 1000}""");
        using CountdownEvent watching = new(1_000);
        Task<List<string>>[] watchers = [.. Enumerable.Range(0, watching.InitialCount).Select(_ => WatchAsync(job, watching))];
        await Task.Run(watching.Wait);

        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{first}/cancel", content: null);

        string[] expected = [.. Enumerable.Range(1, 8).Select(epoch => $"{epoch}:epoch"), "9:succeeded"];
        Assert.All(await Task.WhenAll(watchers), heard => Assert.Equal(expected, heard));
    }

    private async Task<List<string>> WatchAsync(string job, CountdownEvent watching)
    {
        List<string> heard = [];
        await foreach (SseItem<string> item in service.WatchAsync(job))
        {
            if (item.EventType == "status")
            {
                watching.Signal();
            }

            if (item.EventId is not null)
            {
                heard.Add($"{item.EventId}:{item.EventType}");
            }
        }

        return heard;
    }
}
