using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Jobs;

public sealed class JobDeletionTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_finished_job_is_deleted_with_its_events_and_its_model_remains()
    {
        await using Service service = Start();
        JsonElement ended = await service.TrainAsync();
        string job = $"/jobs/{ended.GetProperty("id").GetString()}";

        Assert.Equal(HttpStatusCode.NoContent, (await service.Http.DeleteAsync(job)).StatusCode);

        await Problems.AssertAsync(await service.Http.GetAsync(job), HttpStatusCode.NotFound, "GET /jobs");
        await Problems.AssertAsync(await service.Http.DeleteAsync(job), HttpStatusCode.NotFound, "GET /jobs");
        Assert.Equal("0", Database.Read(directory, "SELECT CAST(count(*) AS TEXT) FROM job_events"));
        Assert.Equal(ended.GetProperty("modelId").GetString(), (await service.GetAsync("/models/active")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_job_that_has_not_finished_cannot_be_deleted()
    {
        await using Service service = Start();
        string running = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WaitForStatusAsync(running, "running");
        string queued = await service.StartTrainingAsync(Service.QuickTraining);

        await Problems.AssertAsync(await service.Http.DeleteAsync(running), HttpStatusCode.Conflict, "Cancel it first");
        await Problems.AssertAsync(await service.Http.DeleteAsync(queued), HttpStatusCode.Conflict, "Cancel it first");
    }

    [Fact]
    public async Task Finished_jobs_are_deleted_after_the_configured_time_and_others_stay()
    {
        await using (Service service = Start())
        {
            await service.TrainAsync();
            await service.StartTrainingAsync(Service.EndlessTraining);
        }

        await using Service restarted = new(new Dictionary<string, string>(Database.In(directory)) { ["Storage:KeepJobs"] = "00:00:00" }, TimeProvider.System);
        while ((await restarted.GetAsync("/jobs")).GetProperty("data").GetArrayLength() > 1)
        {
            await Task.Yield();
        }

        Assert.Equal(1000, Assert.Single((await restarted.GetAsync("/jobs")).GetProperty("data").EnumerateArray()).GetProperty("options").GetProperty("epochs").GetInt32());
        Assert.Single((await restarted.GetAsync("/models")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Expired_jobs_are_deleted_in_batches_and_their_checkpoints_one_by_one()
    {
        RecordedResponses recorded = new("0dacae0");
        recorded.CopyIdleDatabaseTo(directory);
        Database.Execute(directory, $"""
            UPDATE jobs SET finished_at = '2026-01-01 00:00:00' WHERE finished_at IS NULL;
            DELETE FROM job_checkpoints;
            CREATE TEMP TABLE job AS SELECT * FROM jobs LIMIT 1;
            {string.Concat(Enumerable.Range(recorded.Jobs.Count, 250 - recorded.Jobs.Count).Select(_ => $"""
                UPDATE job SET number = NULL, id = '{Guid.CreateVersion7().ToString().ToUpperInvariant()}', idempotency_key = NULL;
                INSERT INTO jobs SELECT * FROM job;
                """))}
            INSERT INTO job_checkpoints SELECT id, x'00' FROM jobs;
            """);
        DeletedRows deleted = new();
        await using Service service = new(
            new Dictionary<string, string>(Database.In(directory)) { ["Storage:KeepJobs"] = "00:00:00", ["Storage:KeepCheckpoints"] = "00:00:00" },
            TimeProvider.System,
            services => services.AddSingleton<IInterceptor>(deleted));

        while ((await service.GetAsync("/jobs")).GetProperty("data").GetArrayLength() > 0)
        {
            await Task.Yield();
        }

        Assert.All(await deleted.FromAsync("job_checkpoints", count: 250), rows => Assert.Equal(1, rows));
        Assert.Equal([100, 100, 50], await deleted.FromAsync("jobs", count: 3));
    }

    [Fact]
    public async Task Lists_have_the_best_validation_accuracy_instead_of_epochs()
    {
        await using Service service = Start();
        JsonElement ended = await service.TrainAsync();

        JsonElement listed = Assert.Single((await service.GetAsync("/jobs")).GetProperty("data").EnumerateArray());

        Assert.False(listed.TryGetProperty("epochs", out _));
        Assert.Equal(ended.GetProperty("epochs").EnumerateArray().Max(epoch => epoch.GetProperty("validationAccuracy").GetDouble()), listed.GetProperty("bestValidationAccuracy").GetDouble());
        Assert.Equal(ended.GetProperty("testAccuracy").GetDouble(), listed.GetProperty("testAccuracy").GetDouble());
    }

    private Service Start() => new(Database.In(directory), TimeProvider.System);
}
