using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Api.Tests.Storage;

public sealed class RestartTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Jobs_events_and_models_persist_across_a_restart_and_predictions_work_immediately()
    {
        byte[] digit = PngWriter.Gray(Mnist.Data.Test.Pixels(0));
        string job, jobBefore, modelBefore, answerBefore;
        List<SseItem<string>> eventsBefore;
        await using (Service service = Start())
        {
            job = $"/jobs/{(await service.TrainAsync()).GetProperty("id").GetString()}";
            jobBefore = (await service.GetAsync(job)).GetRawText();
            modelBefore = (await service.GetAsync("/models/active")).GetRawText();
            eventsBefore = await service.WatchAsync(job).ToListAsync();
            answerBefore = await (await service.PredictAsync(digit)).Content.ReadAsStringAsync();
        }

        await using Service restarted = Start();

        // A prediction must work as the first request.
        using HttpResponseMessage answer = await restarted.PredictAsync(digit);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(answerBefore, await answer.Content.ReadAsStringAsync());
        Assert.Equal(modelBefore, (await restarted.GetAsync("/models/active")).GetRawText());
        Assert.Equal(jobBefore, (await restarted.GetAsync(job)).GetRawText());
        Assert.Equal(eventsBefore, await restarted.WatchAsync(job).ToListAsync());
    }

    [Fact]
    public async Task A_pinned_model_stays_active_after_a_restart_and_versions_are_not_reused()
    {
        string pinned, deleted;
        await using (Service service = Start())
        {
            pinned = (await service.TrainAsync()).GetProperty("modelId").GetString()!;
            deleted = (await service.TrainAsync()).GetProperty("modelId").GetString()!;
            await service.Http.PutAsJsonAsync("/models/active", new { id = pinned });
            using HttpResponseMessage deletion = await service.Http.DeleteAsync($"/models/{deleted}");
            Assert.Equal(HttpStatusCode.NoContent, deletion.StatusCode);
        }

        await using Service restarted = Start();

        JsonElement active = await restarted.GetAsync("/models/active");
        Assert.Equal((pinned, true, true), (active.GetProperty("id").GetString(), active.GetProperty("active").GetBoolean(), active.GetProperty("pinned").GetBoolean()));
        string third = (await restarted.TrainAsync()).GetProperty("modelId").GetString()!;
        Assert.Equal(3, (await restarted.GetAsync($"/models/{third}")).GetProperty("version").GetInt32());
        Assert.Equal(pinned, (await restarted.GetAsync("/models/active")).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("01:00:00")]
    public async Task A_job_interrupted_by_a_shutdown_resumes_after_its_last_checkpoint_with_identical_weights(string checkpointInterval)
    {
        // Long enough not to finish before the shutdown.
        const string training = """{"epochs": 6, "hiddenSize": 128, "trainingImages": 6000}""";
        string job;
        List<string> received = [];
        string uninterrupted;
        await using (Service service = Start(checkpointInterval))
        {
            uninterrupted = await Sha256Async(service, await service.TrainAsync(training));
            job = await service.StartTrainingAsync(training);
            await foreach (SseItem<string> item in service.WatchAsync(job))
            {
                received.AddRange(item.EventId is null ? [] : [item.EventType]);
                if (received.Count == 2)
                {
                    break;
                }
            }
        }

        await using Service restarted = Start(checkpointInterval);
        List<SseItem<string>> rest = await restarted.WatchAsync(job, lastEventId: "2").ToListAsync();

        Assert.Equal(["epoch", "epoch", "epoch", "epoch", "succeeded"], rest.Where(item => item.EventId is not null).Select(item => item.EventType));
        JsonElement ended = await restarted.GetAsync(job);
        Assert.Equal(2, ended.GetProperty("attempt").GetInt32());
        Assert.Equal([1, 2, 3, 4, 5, 6], ended.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        Assert.Equal(uninterrupted, await Sha256Async(restarted, ended));
    }

    private Service Start(string checkpointInterval = "00:00:00") =>
        new(new Dictionary<string, string>(Database.In(directory)) { ["Training:CheckpointInterval"] = checkpointInterval }, TimeProvider.System);

    private static async Task<string> Sha256Async(Service service, JsonElement job) =>
        (await service.GetAsync($"/models/{job.GetProperty("modelId").GetString()}")).GetProperty("sha256").GetString()!;
}
