using System.Text.Json;
using RnnService.Testing;
using static RnnService.Cluster.Tests.ClusterJobs;

namespace RnnService.Cluster.Tests;

/// <summary>Two processes with one database: only the lease decides which of them trains a job.</summary>
public sealed class LeaseTests(SharedPostgres postgres, UndisturbedTraining undisturbed)
{
    [Fact]
    public async Task A_job_whose_worker_is_killed_is_resumed_by_another_within_15_seconds_to_the_same_weights()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess first = await Node.StartAsync(database);
        await using ServiceProcess second = await Node.StartAsync(database);
        string job = await first.Http.StartTrainingAsync(UndisturbedTraining.Request);
        (ServiceProcess worker, ServiceProcess other) = OwnerFirst(await UntilAsync(first.Http, job, HasEpochs(2)), first, second);
        worker.Kill();
        JsonElement resumed = await UntilAsync(other.Http, job, HasAttempts(2), TimeSpan.FromSeconds(15));

        AssertWorkers(resumed, worker, other);
        JsonElement ended = await EndAsync(other.Http, job);
        AssertWorkers(ended, worker, other);
        Assert.Equal(await undisturbed.Sha256Async(), await Sha256Async(other.Http, ended));
        await AssertLogAsync(other.Http, job, ended, UndisturbedTraining.Epochs);
        JsonElement listed = (await other.Http.GetJsonAsync("/jobs?limit=1")).GetProperty("data")[0];
        Assert.Equal(ended.GetProperty("attempts").GetRawText(), listed.GetProperty("attempts").GetRawText());
    }

    [Fact]
    public async Task A_worker_that_is_suspended_beyond_its_lease_writes_nothing_when_it_continues()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess first = await Node.StartAsync(database);
        await using ServiceProcess second = await Node.StartAsync(database);
        string job = await first.Http.StartTrainingAsync(UndisturbedTraining.Request);
        (ServiceProcess worker, ServiceProcess other) = OwnerFirst(await UntilAsync(first.Http, job, HasEpochs(2)), first, second);
        await worker.SignalAsync("STOP");
        int written = (await UntilAsync(other.Http, job, HasAttempts(2))).GetProperty("epochs").GetArrayLength();
        await UntilAsync(other.Http, job, HasEpochs(written + 1));
        await worker.SignalAsync("CONT");
        JsonElement ended = await EndAsync(other.Http, job);

        AssertWorkers(ended, worker, other);
        Assert.Equal(await undisturbed.Sha256Async(), await Sha256Async(other.Http, ended));
        await AssertLogAsync(other.Http, job, ended, UndisturbedTraining.Epochs);

        // The suspended process works again: it takes the next jobs, unless the other one is faster.
        await Node.WaitUntilReadyAsync(worker);
        Assert.Equal("succeeded", Status(await EndAsync(worker.Http, await worker.Http.StartTrainingAsync("""{"epochs": 1, "hiddenSize": 8, "trainingImages": 200}"""))));
        Assert.Equal(2, (await worker.Http.GetJsonAsync(job)).GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task A_process_that_starts_leaves_the_leases_of_others_alone()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess first = await Node.StartAsync(database);
        string job = await first.Http.StartTrainingAsync(UndisturbedTraining.Request);
        await UntilAsync(first.Http, job, HasEpochs(1));
        await using ServiceProcess second = await Node.StartAsync(database);

        JsonElement ended = await EndAsync(second.Http, job);

        Assert.Equal((1, "succeeded"), (ended.GetProperty("attempt").GetInt32(), Status(ended)));
        Assert.Equal(0L, await PostgresServer.ExecuteAsync(database, "SELECT count(*) FROM job_leases"));
    }

    [Fact]
    public async Task A_job_is_cancelled_through_another_process_also_when_its_worker_is_dead()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess first = await Node.StartAsync(database);
        await using ServiceProcess second = await Node.StartAsync(database);
        string alive = await first.Http.StartTrainingAsync("""{"epochs": 1000}""");
        (_, ServiceProcess other) = OwnerFirst(await UntilAsync(first.Http, alive, HasAttempts(1)), first, second);
        await other.Http.PostAsync($"{alive}/cancel", null);
        Assert.Equal("cancelled", Status(await EndAsync(other.Http, alive)));

        string dead = await first.Http.StartTrainingAsync("""{"epochs": 1000}""");
        (ServiceProcess worker, other) = OwnerFirst(await UntilAsync(first.Http, dead, HasAttempts(1)), first, second);
        worker.Kill();
        await other.Http.PostAsync($"{dead}/cancel", null);
        JsonElement ended = await EndAsync(other.Http, dead);

        Assert.Equal(("cancelled", 1), (Status(ended), ended.GetProperty("attempt").GetInt32()));
    }

    private static (ServiceProcess Owner, ServiceProcess Other) OwnerFirst(JsonElement job, ServiceProcess first, ServiceProcess second) =>
        IsWorker(job.GetProperty("attempts")[0], first) ? (first, second) : (second, first);
}
