using System.Text.Json;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>
/// Two api and three worker processes. The clocks of two workers are wrong by ten minutes, if libfaketime is installed. A process that is killed is replaced by a new one.
/// </summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private const int ApiProcesses = 2;
    private const int ShiftMinutes = 10;
    private const int FastWorker = 2;
    private const int SlowWorker = 3;

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

    /// <summary>How often each kind of fault was caused.</summary>
    public Dictionary<string, int> Faults { get; } = [];

    /// <summary>Sends a request to an api process, and repeats it at the other one if it fails.</summary>
    public async Task<T> UseApiAsync<T>(Func<HttpClient, Task<T>> request)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await request(processes[attempt % ApiProcesses].Http);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The process was killed, or the database is away.
                await Task.Delay(200);
            }
        }
    }

    public Task<JsonElement> GetAsync(string path) => UseApiAsync(http => http.GetJsonAsync(path));

    /// <summary>Causes a random fault.</summary>
    public async Task DisturbAsync(Random random, bool all)
    {
        int process = random.Next(processes.Length);
        switch (random.Next(all ? 10 : 8))
        {
            case 0 or 1:
                Count("terminations of all connections");
                await PostgresServer.ExecuteAsync(database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
                break;
            case 8:
                Count("database restarts after 30 s");
                await RestartDatabaseAsync(process);
                break;
            case 9:
                Count("suspensions for 12 s");
                await processes[process].SignalAsync("STOP");
                await Task.Delay(12_000);
                await processes[process].SignalAsync("CONT");
                break;
            default:
                await KillAsync(process);
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProcess process in processes)
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>Stops the database, kills a process meanwhile, and starts the database again. The process that replaces the killed one waits for it.</summary>
    private async Task RestartDatabaseAsync(int process)
    {
        await postgres.StopAsync();
        Task replaced = KillAsync(process);
        await Task.Delay(Outage.Full);
        Assert.False(replaced.IsCompleted);
        await postgres.StartAsync();
        await replaced;
    }

    private async Task KillAsync(int process)
    {
        Count("kills");
        ServiceProcess killed = processes[process];
        killed.Kill();
        processes[process] = await StartProcessAsync(database, process);
        await killed.DisposeAsync();
    }

    private void Count(string fault) => Faults[fault] = Faults.GetValueOrDefault(fault) + 1;

    private static Task<ServiceProcess> StartProcessAsync(string database, int index)
    {
        string roles = $"--Service:Roles={(index < ApiProcesses ? "api" : "worker")}";
        int minutes = index switch { FastWorker => ShiftMinutes, SlowWorker => -ShiftMinutes, _ => 0 };
        return minutes == 0 || !ShiftedClock.IsAvailable
            ? Node.StartAsync(database, roles)
            : Node.StartShiftedAsync(database, TimeSpan.FromMinutes(minutes), roles);
    }
}
