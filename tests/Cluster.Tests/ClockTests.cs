using System.Text.Json;
using RnnService.Testing;
using static RnnService.Cluster.Tests.ClusterJobs;

namespace RnnService.Cluster.Tests;

/// <summary>Workers whose clocks are wrong: leases and times use the clock of the database.</summary>
public sealed class ClockTests(SharedPostgres postgres, UndisturbedTraining undisturbed)
{
    [Theory]
    [InlineData(10, -10)]
    [InlineData(-10, 10)]
    public async Task A_worker_takes_over_a_job_only_when_the_lease_has_expired_whatever_the_clocks_show(int first, int second)
    {
        ShiftedClock.SkipIfMissing();
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess api = await Node.StartAsync(database, "--Service:Roles=api");
        await using ServiceProcess worker = await StartWorkerAsync(database, first);
        string job = await api.Http.StartTrainingAsync(UndisturbedTraining.Request);
        await UntilAsync(api.Http, job, HasEpochs(1));
        await using ServiceProcess other = await StartWorkerAsync(database, second);
        await Node.WaitUntilReadyAsync(other);
        int epochs = (await api.Http.GetJsonAsync(job)).GetProperty("epochs").GetArrayLength();
        AssertWorkers(await UntilAsync(api.Http, job, HasEpochs(epochs + 2)), worker);
        worker.Kill();
        AssertWorkers(await UntilAsync(api.Http, job, HasAttempts(2), TimeSpan.FromSeconds(15)), worker, other);

        JsonElement ended = await EndAsync(api.Http, job);
        AssertWorkers(ended, worker, other);
        await AssertLogAsync(api.Http, job, ended, UndisturbedTraining.Epochs);
        AssertTimes(ended);
        Assert.Equal(await undisturbed.Sha256Async(), await Sha256Async(api.Http, ended));
        JsonElement model = await api.Http.GetJsonAsync($"/models/{ended.GetProperty("modelId").GetString()}");
        Assert.InRange(model.GetProperty("createdAt").GetDateTime(), ended.GetProperty("startedAt").GetDateTime(), ended.GetProperty("finishedAt").GetDateTime());
    }

    private static async Task<ServiceProcess> StartWorkerAsync(string database, int minutes)
    {
        TimeSpan shift = TimeSpan.FromMinutes(minutes);
        ServiceProcess worker = await Node.StartShiftedAsync(database, shift, "--Service:Roles=worker");
        using HttpResponseMessage response = await worker.Http.GetAsync("/health/live");
        Assert.Equal(minutes, Math.Round((response.Headers.Date!.Value - DateTimeOffset.UtcNow).TotalMinutes));
        return worker;
    }
}
