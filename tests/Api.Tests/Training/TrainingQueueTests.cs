using System.Net;
using System.Text.Json;

namespace RnnService.Api.Tests.Training;

public sealed class TrainingQueueTests
{
    [Fact]
    public async Task Trains_one_job_at_a_time_and_refuses_more_than_may_wait()
    {
        await using Service service = new(new Dictionary<string, string> { ["Training:QueueLimit"] = "1" }, TimeProvider.System);
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string waiting = await service.StartTrainingAsync(Service.QuickTraining);

        using HttpResponseMessage refused = await service.PostJsonAsync("/train", Service.QuickTraining);

        await Problems.AssertAsync(refused, HttpStatusCode.TooManyRequests, "Try again when one has started");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("queued", (await service.GetAsync(waiting)).GetProperty("status").GetString());

        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{running}/cancel", content: null);
        JsonElement job = JsonElement.Parse((await service.WatchAsync(waiting).LastAsync()).Data);
        Assert.Equal("succeeded", job.GetProperty("status").GetString());
    }
}
