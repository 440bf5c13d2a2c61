using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace RnnService.Api.Tests.Training;

public sealed class FailedTrainingTests
{
    [Fact]
    public async Task A_job_that_breaks_off_says_why_and_cannot_be_cancelled()
    {
        await using Service service = new(new Dictionary<string, string>(), new BrokenTime());
        string path = await service.StartTrainingAsync(Service.QuickTraining);

        SseItem<string> last = await service.WatchAsync(path).LastAsync();

        Assert.Equal("failed", last.EventType);
        JsonElement job = await service.GetAsync(path);
        Assert.Equal(job.GetRawText(), last.Data);
        Assert.Equal("failed", job.GetProperty("status").GetString());
        Assert.Equal("internal", job.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("The clock is broken.", job.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, job.GetProperty("modelId").ValueKind);
        await Problems.AssertAsync(await service.Http.PostAsync($"{path}/cancel", null), HttpStatusCode.Conflict, "is over already: its status is failed");
    }
}
