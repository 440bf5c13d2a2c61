using System.Net.ServerSentEvents;

namespace RnnService.Api.Tests.Progress;

public sealed class ManySubscribersTests(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task One_thousand_subscribers_receive_every_epoch_once()
    {
        // The first job keeps the second queued until all subscribers are connected.
        string first = await service.StartTrainingAsync(Service.EndlessTraining);
        string job = await service.StartTrainingAsync("""{"epochs": 8, "hiddenSize": 8, "trainingImages": 1000}""");
        using CountdownEvent connected = new(1_000);
        Task<List<string>>[] subscribers = [.. Enumerable.Range(0, connected.InitialCount).Select(_ => WatchAsync(job, connected))];
        await Task.Run(connected.Wait);

        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{first}/cancel", content: null);

        string[] expected = [.. Enumerable.Range(1, 8).Select(epoch => $"{epoch}:epoch"), "9:succeeded"];
        Assert.All(await Task.WhenAll(subscribers), received => Assert.Equal(expected, received));
    }

    private async Task<List<string>> WatchAsync(string job, CountdownEvent connected)
    {
        List<string> received = [];
        await foreach (SseItem<string> item in service.WatchAsync(job))
        {
            if (item.EventType == "status")
            {
                connected.Signal();
            }

            if (item.EventId is not null)
            {
                received.Add($"{item.EventId}:{item.EventType}");
            }
        }

        return received;
    }
}
