using Microsoft.Extensions.Options;
using Npgsql;

namespace RnnService.Api.Storage.Notifications;

/// <summary>
/// Receives notifications on one connection of its own. A query verifies the connection when nothing arrives: a connection whose other end has disappeared would otherwise
/// wait forever. After a fault it connects again.
/// </summary>
internal sealed partial class PostgresListener(IOptions<ConnectionStringOptions> options, TimeProvider time, ILogger<PostgresListener> logger)
{
    private const int HeartbeatTimeoutSeconds = 5;

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(3);

    /// <summary>Raised with the payload of each notification.</summary>
    public event Action<string>? Received;

    /// <summary>Raised when the listener has connected: notifications before that are lost.</summary>
    public event Action? Connected;

    public async Task RunAsync(CancellationToken stopping)
    {
        await using NpgsqlDataSource source = PostgresDataSource.CreateForListener(options);
        TimeSpan delay = FirstDelay;
        bool isLogged = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync(stopping);
                connection.Notification += (_, notification) => Received?.Invoke(notification.Payload);
                await ExecuteAsync(connection, $"LISTEN {PostgresNotifications.Channel}", stopping);
                LogConnected();
                (delay, isLogged) = (FirstDelay, false);
                Connected?.Invoke();
                await ReceiveAsync(connection, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                if (!isLogged)
                {
                    LogDisconnected(e.GetBaseException().Message);
                    isLogged = true;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // At random, so that many processes do not connect at the same moment.
            await Task.Delay(delay * (0.5 + (0.5 * Random.Shared.NextDouble())), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = 2 * delay < LongestDelay ? 2 * delay : LongestDelay;
        }
    }

    private static async Task ReceiveAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        while (true)
        {
            if (!await connection.WaitAsync(HeartbeatInterval, stopping))
            {
                await ExecuteAsync(connection, "SELECT 1", stopping);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken stopping)
    {
        await using NpgsqlCommand command = new(statement, connection) { CommandTimeout = HeartbeatTimeoutSeconds };
        await command.ExecuteNonQueryAsync(stopping);
    }

    [LoggerMessage(LogLevel.Information, "Receiving notifications of other processes")]
    private partial void LogConnected();

    [LoggerMessage(LogLevel.Warning, "Notifications of other processes are not received until the database responds: {Cause}")]
    private partial void LogDisconnected(string cause);
}
