using System.Text.Json;
using RnnService.Testing;
using static RnnService.Cluster.Tests.ClusterJobs;

namespace RnnService.Cluster.Tests;

/// <summary>The connection of a worker ends during the commit of its claim, so that the worker does not know that the claim took effect.</summary>
public sealed class UnknownCommitTests
{
    private const int Epochs = 3;

    /// <summary>Makes the commit of each first attempt wait for a replica that does not exist. A commit that waits is already effective.</summary>
    private static readonly string[] WaitInFirstClaim =
    [
        "ALTER SYSTEM SET synchronous_commit = 'local'",
        "ALTER SYSTEM SET synchronous_standby_names = 'absent'",
        "SELECT pg_reload_conf()",
        "CREATE FUNCTION wait_in_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('synchronous_commit', 'on', true); RETURN NEW; END $$",
        "CREATE TRIGGER wait_in_commit BEFORE INSERT ON job_leases FOR EACH ROW WHEN (NEW.attempt = 1) EXECUTE FUNCTION wait_in_commit()",
    ];

    [Fact]
    public async Task The_job_starts_within_15_seconds_and_has_each_epoch_once()
    {
        PostgresInstallation.SkipIfMissing();
        await using PostgresServer server = await PostgresServer.StartNewAsync();
        string database = await server.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database);
        await Node.WaitUntilReadyAsync(service);
        foreach (string statement in WaitInFirstClaim)
        {
            await PostgresServer.ExecuteAsync(database, statement);
        }

        string job = await service.Http.StartTrainingAsync($$"""{"epochs": {{Epochs}}, "hiddenSize": 8, "trainingImages": 200}""");
        while (await PostgresServer.ExecuteAsync(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") is not true)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await UntilAsync(service.Http, job, HasAttempts(2), TimeSpan.FromSeconds(15));
        JsonElement ended = await EndAsync(service.Http, job);

        AssertWorkers(ended, service, service);
        await AssertLogAsync(service.Http, job, ended, Epochs);
        AssertTimes(ended);
    }
}
