using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using RnnService.Testing;

namespace RnnService.Cluster.Tests;

/// <summary>A private PostgreSQL server with its own data directory and port, reachable only from this machine. It can be stopped and started.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "rnn";

    private readonly TemporaryDirectory directory = new();
    private Process? process;
    private int databases;

    /// <summary>The port on this machine. It stays the same when the server is started again.</summary>
    public int Port { get; } = FreePort();

    private PostgresServer()
    {
    }

    public static async Task<PostgresServer> StartNewAsync()
    {
        PostgresServer server = new();
        await PostgresInstallation.OwnAsync(server.directory.Path);
        using Process initdb = PostgresInstallation.Start("initdb", "-D", server.directory.File("data"), "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Task<string> output = initdb.StandardOutput.ReadToEndAsync();
        string error = await initdb.StandardError.ReadToEndAsync();
        await initdb.WaitForExitAsync();
        Assert.True(initdb.ExitCode == 0, await output + error);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    public async Task StartAsync()
    {
        // Without fsync: the machine does not fail during a test.
        process = PostgresInstallation.Start(
            "postgres",
            "-D", directory.File("data"),
            "-p", Port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1",
            "-c", $"unix_socket_directories={directory.Path}",
            "-c", "fsync=off",
            "-c", "max_connections=300");
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        while (!process.HasExited)
        {
            try
            {
                await ExecuteAsync(ConnectionString("postgres"), "SELECT 1");
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException($"PostgreSQL exited with code {process.ExitCode}.");
    }

    /// <summary>Stops the server. It closes all connections and undoes their transactions.</summary>
    public async Task StopAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"test{Interlocked.Increment(ref databases)}";
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Executes statements and returns the first value.</summary>
    public static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new($"{connectionString};Pooling=False");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync();
        }

        directory.Dispose();
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username={Superuser};Database={database}";

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
