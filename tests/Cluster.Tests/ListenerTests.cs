using System.Diagnostics;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>The connection on which each process receives notifications.</summary>
public sealed class ListenerTests(SharedPostgres postgres)
{
    private const int Epochs = 12;
    private const string Training = """{"epochs": 12, "hiddenSize": 128, "dataset": "small"}""";
    private const string Listeners = "SELECT pid, application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% listener'";

    private static readonly string[] AllEvents = [.. Enumerable.Range(1, Epochs).Select(epoch => $"{epoch}:epoch{epoch}"), $"{Epochs + 1}:succeeded"];

    [Fact]
    public async Task No_watcher_misses_an_epoch_when_the_connections_of_all_listeners_are_terminated_repeatedly()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using TwoNodes nodes = await TwoNodes.StartAsync(database);
        string[] jobs = [await nodes.A.Http.StartTrainingAsync(Training), await nodes.B.Http.StartTrainingAsync(Training)];
        EventSourceClient[] clients = [.. jobs.SelectMany(job => new[] { new EventSourceClient(job), new EventSourceClient(job) })];
        Task watching = Task.WhenAll(clients.Select((client, i) => client.WatchAsync(i % 2 == 0 ? nodes.A.Http : nodes.B.Http)));

        long terminated = 0;
        while (!watching.IsCompleted)
        {
            terminated += (long)(await PostgresServer.ExecuteAsync(database, $"SELECT count(pg_terminate_backend(pid)) FROM ({Listeners}) AS listeners"))!;
            await Task.WhenAny(watching, Task.Delay(400));
        }

        await watching;
        Assert.All(clients, client => Assert.Equal(AllEvents, client.Received));
        Assert.True(terminated > 4, $"{terminated} connections were terminated.");

        await WaitForListenersAsync(database, 2);
    }

    [Fact]
    public async Task A_connection_whose_other_end_does_not_respond_is_replaced()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database);
        await WaitForListenersAsync(database, 1);
        string backend = (string)(await PostgresServer.ExecuteAsync(database, $"SELECT pid::text FROM ({Listeners}) AS listeners"))!;

        await SignalAsync("STOP", backend);
        try
        {
            await WaitForListenersAsync(database, 2);
        }
        finally
        {
            await SignalAsync("CONT", backend);
        }

        await WaitForListenersAsync(database, 1);
    }

    [Fact]
    public async Task A_listener_uses_the_direct_connection_string_when_there_is_one()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ServiceProcess service = await Node.StartAsync(database, $"--ConnectionStrings:PostgresDirect={database};Application Name=direct");

        while (await PostgresServer.ExecuteAsync(database, $"SELECT max(application_name) FROM ({Listeners}) AS listeners") is not "direct listener")
        {
            await Task.Delay(100);
        }
    }

    private static async Task WaitForListenersAsync(string database, long count)
    {
        while (await PostgresServer.ExecuteAsync(database, $"SELECT count(*) FROM ({Listeners}) AS listeners") is not long found || found != count)
        {
            await Task.Delay(100);
        }
    }

    /// <summary>Signals a process of the server, which runs on this machine.</summary>
    private static async Task SignalAsync(string signal, string process)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
