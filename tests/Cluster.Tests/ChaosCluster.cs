using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>Two api and three worker processes. A process that is killed is replaced by a new one.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private const int ApiProcesses = 2;

    private readonly PostgresServer postgres;
    private readonly string database;
    private readonly ServiceProcess[] processes;

    private ChaosCluster(PostgresServer postgres, string database, ServiceProcess[] processes)
    {
        this.postgres = postgres;
        this.database = database;
        this.processes = processes;
    }

    public static async Task<ChaosCluster> StartAsync(PostgresServer postgres, string database) =>
        new(postgres, database, await Task.WhenAll(Enumerable.Range(0, 5).Select(index => StartProcessAsync(database, index))));

    /// <summary>Sends a request to an api process, and repeats it at the other one if it fails.</summary>
    public async Task<T> UseApiAsync<T>(Func<HttpClient, Task<T>> request)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await request(processes[attempt % ApiProcesses].Http);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
            {
                // The process was killed, or the database is away.
                await Task.Delay(200);
            }
        }
    }

    public Task<JsonElement> GetAsync(string path) => UseApiAsync(http => http.GetJsonAsync(path));

    /// <summary>Causes a random fault, and returns its description.</summary>
    public async Task<string> DisturbAsync(Random random, bool all)
    {
        int process = random.Next(processes.Length);
        switch (random.Next(all ? 10 : 8))
        {
            case 0 or 1:
                await PostgresServer.ExecuteAsync(database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
                return "terminated all connections";
            case 8:
                await postgres.StopAsync();
                await Task.Delay(5_000);
                await postgres.StartAsync();
                return "restarted the database after 5 s";
            case 9:
                await processes[process].SignalAsync("STOP");
                await Task.Delay(12_000);
                await processes[process].SignalAsync("CONT");
                return $"suspended process {process} for 12 s";
            default:
                ServiceProcess killed = processes[process];
                killed.Kill();
                processes[process] = await StartProcessAsync(database, process);
                await killed.DisposeAsync();
                return $"killed process {process}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProcess process in processes)
        {
            await process.DisposeAsync();
        }
    }

    private static Task<ServiceProcess> StartProcessAsync(string database, int index) =>
        Node.StartAsync(database, $"--Service:Roles={(index < ApiProcesses ? "api" : "worker")}");
}
