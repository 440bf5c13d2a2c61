using System.Net;
using System.Text.Json;

namespace RnnService.Api.Tests.Training;

public sealed class TrainingQueueTests
{
    [Fact]
    public async Task One_job_is_trained_at_a_time_and_jobs_beyond_the_queue_limit_are_rejected()
    {
        await using Service service = new(new Dictionary<string, string> { ["Training:QueueLimit"] = "1" }, TimeProvider.System);
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string waiting = await service.StartTrainingAsync(Service.QuickTraining);

        using HttpResponseMessage rejected = await service.PostJsonAsync("/train", Service.QuickTraining);

        await Problems.AssertAsync(rejected, HttpStatusCode.TooManyRequests, "Try again when one has started");
        Assert.NotNull(rejected.Headers.RetryAfter);
        Assert.Equal("queued", (await service.GetAsync(waiting)).GetProperty("status").GetString());

        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{running}/cancel", content: null);
        JsonElement job = JsonElement.Parse((await service.WatchAsync(waiting).LastAsync()).Data);
        Assert.Equal("succeeded", job.GetProperty("status").GetString());
    }
}
