using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace RnnService.Api.Storage.Notifications;

/// <summary>
/// Sends notifications after the commits that they announce. NOTIFY holds a lock of the whole database until its transaction is committed; a transaction that contains nothing
/// else writes nothing to disk, so that this time is short. What accumulates during a round trip is sent with the next.
/// </summary>
internal sealed partial class PostgresNotificationSender(NpgsqlDataSource source, ILogger<PostgresNotificationSender> logger)
{
    private const int MaxQueued = 10_000;
    private const int MaxBatch = 500;
    private const int TimeoutSeconds = 5;

    private readonly Channel<string> queue = Channel.CreateBounded<string>(new BoundedChannelOptions(MaxQueued) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Send(string payload) => queue.Writer.TryWrite(payload);

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(stopping))
            {
                await SendAsync(TakeBatch(), stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // What the service commits while it stops is announced as well.
            await SendAsync(TakeBatch(), CancellationToken.None);
        }
    }

    private string[] TakeBatch()
    {
        HashSet<string> batch = [];
        while (batch.Count < MaxBatch && queue.Reader.TryRead(out string? payload))
        {
            batch.Add(payload);
        }

        return [.. batch];
    }

    private async Task SendAsync(string[] payloads, CancellationToken cancellation)
    {
        if (payloads.Length == 0)
        {
            return;
        }

        try
        {
            await using NpgsqlCommand command = source.CreateCommand($"SELECT pg_notify('{PostgresNotifications.Channel}', payload) FROM unnest($1) AS payload");
            command.CommandTimeout = TimeoutSeconds;
            command.Parameters.Add(new NpgsqlParameter { Value = payloads, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or ObjectDisposedException)
        {
            // Receivers poll as well, and read everything again when they connect after an outage.
            LogLost(payloads.Length, e.GetBaseException().Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} notifications of other processes were lost: {Cause}. They notice the changes a few seconds later")]
    private partial void LogLost(int count, string cause);
}
