using System.Net.ServerSentEvents;
using System.Text.Json;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Jobs;

public sealed class DeliveryTests : IAsyncDisposable
{
    private const string ManyShortEpochs = """{"epochs": 1000, "hiddenSize": 4, "trainingImages": 100}""";

    private readonly TemporaryDirectory directory = new();
    private readonly Service service;
    private readonly JobStorage queue;

    public DeliveryTests()
    {
        service = new(Database.In(directory), TimeProvider.System);
        queue = service.Services.GetRequiredService<JobStorage>();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task A_job_delivered_to_two_workers_is_trained_once()
    {
        string job = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(job, "running");
        using BackgroundJobServer second = new(new BackgroundJobServerOptions { WorkerCount = 1, Activator = service.Services.GetRequiredService<JobActivator>() }, queue);
        IMonitoringApi monitor = queue.GetMonitoringApi();

        service.Services.GetRequiredService<IBackgroundJobClient>().Create(monitor.ProcessingJobs(0, 1).Single().Value.Job, new EnqueuedState());
        await UntilAsync(() => monitor.SucceededListCount() == 1);

        Assert.Equal(1, monitor.ProcessingCount());
        JsonElement running = await service.GetAsync(job);
        Assert.Equal(("running", 1), (running.GetProperty("status").GetString(), running.GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task A_worker_without_its_lease_stops_writing_and_the_job_resumes_when_the_new_lease_expires()
    {
        string job = await service.StartTrainingAsync(ManyShortEpochs);
        await service.WatchAsync(job).FirstAsync(item => item.EventId == "2");

        // Simulates a worker that claims the job and then stops responding.
        Database.Execute(directory, $"UPDATE jobs SET attempt = attempt + 1, revision = revision + 1; UPDATE job_leases SET attempt = attempt + 1, until = '{DateTime.UtcNow.AddHours(1):yyyy-MM-dd HH:mm:ss}'");
        await UntilAsync(() => queue.GetMonitoringApi().ProcessingCount() == 0);
        int written = (await service.GetAsync(job)).GetProperty("epochs").GetArrayLength();
        await service.TrainAsync();

        JsonElement claimed = await service.GetAsync(job);
        Assert.Equal(("running", 2, written), (claimed.GetProperty("status").GetString(), claimed.GetProperty("attempt").GetInt32(), claimed.GetProperty("epochs").GetArrayLength()));

        Database.Execute(directory, $"UPDATE job_leases SET until = '{DateTime.UtcNow.AddSeconds(-1):yyyy-MM-dd HH:mm:ss}' WHERE attempt = 2");
        await service.WatchAsync(job, lastEventId: $"{written}").FirstAsync(item => item.EventId is not null);
        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{job}/cancel", content: null);
        List<SseItem<string>> events = await service.WatchAsync(job).ToListAsync();

        Assert.Equal("cancelled", events[^1].EventType);
        JsonElement ended = JsonElement.Parse(events[^1].Data);
        Assert.Equal(3, ended.GetProperty("attempt").GetInt32());
        int[] epochs = [.. ended.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32())];
        Assert.True(epochs.Length > written);
        Assert.Equal(Enumerable.Range(1, epochs.Length), epochs);
    }

    [Fact]
    public async Task A_job_that_was_never_delivered_is_trained_eventually()
    {
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string undelivered = await service.StartTrainingAsync(Service.QuickTraining);
        service.Services.GetRequiredService<IBackgroundJobClient>().Delete(queue.GetMonitoringApi().EnqueuedJobs(EnqueuedState.DefaultQueue, 0, 1).Single().Key);
        using HttpResponseMessage cancelled = await service.Http.PostAsync($"{running}/cancel", content: null);

        Assert.Equal("succeeded", (await service.WatchAsync(undelivered).LastAsync()).EventType);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
