using System.Collections.Concurrent;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>Starts the service in processes.</summary>
internal static class Node
{
    private static readonly Uri FreePort = new("http://127.0.0.1:0");

    /// <summary>Starts the service with a PostgreSQL database and waits until it listens.</summary>
    public static Task<ServiceProcess> StartAsync(string connectionString, params string[] settings) => StartAsync(connectionString, new ConcurrentQueue<string>(), settings);

    /// <summary>Starts the service with a PostgreSQL database and waits until it listens.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="output">Receives the lines that the service logs until it listens.</param>
    /// <param name="settings">Further arguments.</param>
    public static Task<ServiceProcess> StartAsync(string connectionString, ConcurrentQueue<string> output, params string[] settings) =>
        ServiceProcess.StartAtAsync(FreePort, output, DotnetCommand.Executable, [ServiceProcess.Program, Setting(connectionString), .. settings]);

    /// <summary>Starts the service with a PostgreSQL database and a clock that is wrong.</summary>
    public static Task<ServiceProcess> StartShiftedAsync(string connectionString, TimeSpan shift, params string[] settings)
    {
        string[] command = ShiftedClock.Command(shift, [DotnetCommand.Executable, ServiceProcess.Program, Setting(connectionString), .. settings]);
        return ServiceProcess.StartAtAsync(FreePort, command[0], command[1..]);
    }

    /// <summary>Starts the service with the embedded database.</summary>
    public static Task<ServiceProcess> StartEmbeddedAsync(TemporaryDirectory directory, params string[] settings) =>
        ServiceProcess.StartAsync(DotnetCommand.Executable, [ServiceProcess.Program, $"--Storage:Directory={directory.Path}", .. settings]);

    public static string Setting(string connectionString) => $"--ConnectionStrings:Postgres={connectionString}";

    /// <summary>Waits until the service is ready: its database and its worker.</summary>
    public static async Task WaitUntilReadyAsync(ServiceProcess service)
    {
        while (true)
        {
            using HttpResponseMessage response = await service.Http.GetAsync("/health/ready");
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(100);
        }
    }
}
