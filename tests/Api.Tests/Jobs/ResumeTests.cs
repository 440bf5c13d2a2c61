using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Jobs;

public sealed class ResumeTests : IDisposable
{
    private const string Training = """{"epochs": 30, "hiddenSize": 16, "trainingImages": 1000, "weightAveraging": 0.9, "dropout": 0.1}""";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_cancelled_job_resumes_to_the_same_weights()
    {
        await using Service service = Start();
        string sha256 = await Sha256Async(service, await service.TrainAsync(Training));
        string job = await service.StartTrainingAsync(Training);
        await service.WatchAsync(job).FirstAsync(item => item.EventType == "epoch");
        await CancelAsync(service, job);

        JsonElement queued = await ResumeAsync(service, job);
        List<SseItem<string>> events = await service.WatchAsync(job).Where(item => item.EventId is not null).ToListAsync();

        Assert.Equal(("queued", JsonValueKind.Null, JsonValueKind.Null), (queued.GetProperty("status").GetString(), queued.GetProperty("finishedAt").ValueKind, queued.GetProperty("error").ValueKind));
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(item => int.Parse(item.EventId!, null)));
        Assert.Equal(Enumerable.Range(1, 30), events.Where(item => item.EventType == "epoch").Select(item => JsonElement.Parse(item.Data).GetProperty("epoch").GetInt32()));
        Assert.Equal(["cancelled", "resumed", "succeeded"], events.Where(item => item.EventType != "epoch").Select(item => item.EventType));
        Assert.Equal(["cancelled", "queued", "succeeded"], events.Where(item => item.EventType != "epoch").Select(item => JsonElement.Parse(item.Data).GetProperty("status").GetString()));
        Assert.Equal(sha256, await Sha256Async(service, JsonElement.Parse(events[^1].Data)));
    }

    [Fact]
    public async Task A_job_that_was_cancelled_in_the_queue_resumes_from_the_beginning()
    {
        await using Service service = Start();
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        string job = await service.StartTrainingAsync(Service.QuickTraining);
        await CancelAsync(service, job);
        await ResumeAsync(service, job);
        await CancelAsync(service, running);

        Assert.Equal("succeeded", (await service.WatchAsync(job).LastAsync()).EventType);
    }

    [Fact]
    public async Task A_subscriber_of_a_cancelled_job_continues_after_it_is_resumed()
    {
        await using Service service = Start();
        string job = await service.StartTrainingAsync(Training);
        await service.WatchAsync(job).FirstAsync(item => item.EventType == "epoch");
        await CancelAsync(service, job);
        string last = (await service.WatchAsync(job).LastAsync()).EventId!;
        Assert.Equal(HttpStatusCode.NoContent, await StatusAfterAsync(service, job, last));

        await ResumeAsync(service, job);

        SseItem<string> next = await service.WatchAsync(job, last).FirstAsync(item => item.EventId is not null);
        Assert.Equal(("resumed", int.Parse(last, null) + 1), (next.EventType, int.Parse(next.EventId!, null)));
    }

    [Fact]
    public async Task Only_failed_and_cancelled_jobs_can_be_resumed()
    {
        await using Service service = Start();
        string succeeded = $"/jobs/{(await service.TrainAsync()).GetProperty("id").GetString()}";
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string queued = await service.StartTrainingAsync(Service.QuickTraining);

        await Problems.AssertAsync(await PostAsync(service, $"{succeeded}/resume"), HttpStatusCode.Conflict, "is succeeded, and only failed or cancelled jobs can be resumed");
        await Problems.AssertAsync(await PostAsync(service, $"{running}/resume"), HttpStatusCode.Conflict, "is running");
        await Problems.AssertAsync(await PostAsync(service, $"{queued}/resume"), HttpStatusCode.Conflict, "is queued");
        await Problems.AssertAsync(await PostAsync(service, $"/jobs/{Guid.NewGuid()}/resume"), HttpStatusCode.NotFound, "GET /jobs");
    }

    [Fact]
    public async Task A_full_queue_refuses_to_resume()
    {
        await using Service service = Start(("Training:QueueLimit", "1"));
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string cancelled = await service.StartTrainingAsync(Service.QuickTraining);
        await CancelAsync(service, cancelled);
        await service.StartTrainingAsync(Service.QuickTraining);

        HttpResponseMessage refused = await PostAsync(service, $"{cancelled}/resume");

        Assert.NotNull(refused.Headers.RetryAfter);
        await Problems.AssertAsync(refused, HttpStatusCode.TooManyRequests, "the limit");
        Assert.Equal("cancelled", (await service.GetAsync(cancelled)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_expired_checkpoint_cannot_be_resumed_from()
    {
        string job;
        await using (Service service = Start())
        {
            job = await service.StartTrainingAsync(Training);
            await service.WatchAsync(job).FirstAsync(item => item.EventType == "epoch");
            await CancelAsync(service, job);
        }

        await using Service restarted = Start(("Storage:KeepCheckpoints", "00:00:00"));
        while (Database.Read(directory, "SELECT CAST(count(*) AS TEXT) FROM job_checkpoints") != "0")
        {
            await Task.Yield();
        }

        await Problems.AssertAsync(await PostAsync(restarted, $"{job}/resume"), HttpStatusCode.Conflict, "The checkpoint of job");
    }

    private static async Task CancelAsync(Service service, string job)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(service, $"{job}/cancel")).StatusCode);
        await service.WatchAsync(job).LastAsync();
    }

    private static async Task<JsonElement> ResumeAsync(Service service, string job)
    {
        HttpResponseMessage response = await PostAsync(service, $"{job}/resume");
        Assert.Equal((HttpStatusCode.Accepted, job), (response.StatusCode, response.Headers.Location?.ToString()));
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> PostAsync(Service service, string path) => service.Http.PostAsync(path, content: null);

    private static async Task<HttpStatusCode> StatusAfterAsync(Service service, string job, string lastEventId)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"{job}/progress");
        request.Headers.Add("Last-Event-ID", lastEventId);
        return (await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).StatusCode;
    }

    private static async Task<string> Sha256Async(Service service, JsonElement job) =>
        (await service.GetAsync($"/models/{job.GetProperty("modelId").GetString()}")).GetProperty("sha256").GetString()!;

    private Service Start(params (string Name, string Value)[] settings) => new(
        Database.In(directory).Concat(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).ToDictionary(), TimeProvider.System);
}
