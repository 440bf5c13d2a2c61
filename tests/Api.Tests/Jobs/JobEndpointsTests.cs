using System.Net;
using System.Text.Json;

namespace RnnService.Api.Tests.Jobs;

public sealed class JobEndpointsTests : IAsyncLifetime
{
    private readonly Service service = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_finished_job_has_all_fields()
    {
        JsonElement trained = await service.TrainAsync();

        JsonElement job = await service.GetAsync($"/jobs/{trained.GetProperty("id").GetString()}");

        Assert.Equal(
            ["id", "status", "priority", "options", "createdAt", "startedAt", "finishedAt", "estimatedFinishAt", "attempt", "attempts", "progress", "epochs", "testAccuracy", "modelId", "error"],
            job.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ["epoch", "loss", "cumulativeLoss", "validationLoss", "validationAccuracy", "learningRate", "seconds", "imagesPerSecond"],
            job.GetProperty("epochs")[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal("succeeded", job.GetProperty("status").GetString());
        Assert.Equal(1, job.GetProperty("attempt").GetInt32());
        JsonElement attempt = Assert.Single(job.GetProperty("attempts").EnumerateArray());
        Assert.Equal(["number", "worker", "host", "startedAt"], attempt.EnumerateObject().Select(field => field.Name));
        Assert.Equal(job.GetProperty("startedAt").GetDateTime(), attempt.GetProperty("startedAt").GetDateTime());
        Assert.Equal(2, job.GetProperty("epochs").GetArrayLength());
        Assert.InRange(job.GetProperty("testAccuracy").GetDouble(), 0.0, 1.0);
        Assert.True(job.GetProperty("createdAt").GetDateTime() <= job.GetProperty("startedAt").GetDateTime());
        Assert.True(job.GetProperty("startedAt").GetDateTime() <= job.GetProperty("finishedAt").GetDateTime());
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_with_paging_and_a_status_filter()
    {
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string second = await service.StartTrainingAsync(Service.QuickTraining);
        string third = await service.StartTrainingAsync(Service.QuickTraining);

        JsonElement first = await service.GetAsync("/jobs?limit=2");
        JsonElement rest = await service.GetAsync($"/jobs?limit=2&after={second["/jobs/".Length..]}");

        Assert.Equal([third, second], Paths(first));
        Assert.True(first.GetProperty("hasMore").GetBoolean());
        Assert.Equal([running], Paths(rest));
        Assert.False(rest.GetProperty("hasMore").GetBoolean());
        Assert.Equal([third, second], Paths(await service.GetAsync("/jobs?status=queued")));
        Assert.Equal([second], Paths(await service.GetAsync($"/jobs?status=queued&after={third["/jobs/".Length..]}")));
        Assert.Equal([running], Paths(await service.GetAsync("/jobs?status=running")));
    }

    [Theory]
    [InlineData("status=done", "status: must be one of queued, running, cancelling, succeeded, failed, cancelled, not 'done'.")]
    [InlineData("limit=0", "limit: must be a whole number from 1 to 100")]
    [InlineData("limit=many", "limit: must be a whole number from 1 to 100")]
    [InlineData("after=0198c0de-0000-7000-8000-000000000000", "is not in this list; it may have been deleted")]
    [InlineData("after=yesterday", "after: must be the id of the last item on the previous page")]
    public async Task Invalid_query_parameters_are_rejected(string query, string detail) =>
        await Problems.AssertAsync(await service.Http.GetAsync($"/jobs?{query}"), HttpStatusCode.BadRequest, detail);

    [Theory]
    [InlineData("/jobs/seven")]
    [InlineData("/jobs/0198c0de-0000-7000-8000-000000000000")]
    [InlineData("/jobs/0198c0de-0000-7000-8000-000000000000/progress")]
    public async Task An_unknown_id_returns_404(string path) =>
        await Problems.AssertAsync(await service.Http.GetAsync(path), HttpStatusCode.NotFound, "GET /jobs lists all jobs");

    [Fact]
    public async Task Cancelling_stops_a_running_job_within_an_epoch_and_a_queued_job_immediately()
    {
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string queued = await service.StartTrainingAsync(Service.QuickTraining);

        using HttpResponseMessage queuedAnswer = await service.Http.PostAsync($"{queued}/cancel", content: null);
        using HttpResponseMessage runningAnswer = await service.Http.PostAsync($"{running}/cancel", content: null);

        Assert.Equal((HttpStatusCode.Accepted, "cancelled"), (queuedAnswer.StatusCode, await StatusAsync(queuedAnswer)));
        Assert.Equal((HttpStatusCode.Accepted, "cancelling"), (runningAnswer.StatusCode, await StatusAsync(runningAnswer)));
        Assert.Equal("cancelled", (await service.WatchAsync(running).LastAsync()).EventType);
        JsonElement job = await service.GetAsync(running);
        Assert.Empty(job.GetProperty("epochs").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, job.GetProperty("error").ValueKind);
        Assert.Equal(JsonValueKind.Null, job.GetProperty("modelId").ValueKind);
        Assert.Empty((await service.GetAsync("/models")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Finished_and_unknown_jobs_cannot_be_cancelled()
    {
        JsonElement job = await service.TrainAsync();

        await Problems.AssertAsync(await service.Http.PostAsync($"/jobs/{job.GetProperty("id").GetString()}/cancel", null), HttpStatusCode.Conflict, "has already finished with status succeeded");
        await Problems.AssertAsync(await service.Http.PostAsync("/jobs/seven/cancel", null), HttpStatusCode.NotFound, "There is no job 'seven'");
    }

    private static async Task<string?> StatusAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("status").GetString();

    private static IEnumerable<string> Paths(JsonElement page) =>
        page.GetProperty("data").EnumerateArray().Select(job => $"/jobs/{job.GetProperty("id").GetString()}");
}
