using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace RnnService.Api.Storage;

/// <summary>
/// Configures each connection to the embedded database: readers and a writer do not block each other (WAL), commits survive a power failure (FULL), and
/// a connection that finds the database locked waits.
/// </summary>
internal sealed class SqlitePragmas(IOptions<StorageOptions> options, TimeProvider time) : DbConnectionInterceptor
{
    private const int PageBytes = 4096;

    // SQLite waits on the calling thread, so it must not wait for long. Workers repeat what they write; requests fail with 503.
    private const int BusyMilliseconds = 1000;

    // A checkpoint of the write-ahead log truncates the file to this size.
    private const int MaxLogBytes = 64 * 1024 * 1024;

    private const int PagesPerMegabyte = 1024 * 1024 / PageBytes;

    private readonly string pragmas = $"""
        PRAGMA page_size = {PageBytes};
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = {BusyMilliseconds};
        PRAGMA journal_size_limit = {MaxLogBytes};
        {(options.Value.MaxMegabytes is int limit ? $"PRAGMA max_page_count = {(long)limit * PagesPerMegabyte};" : "")}
        """;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
        SqliteClock.AddTo((SqliteConnection)connection, time);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite has no asynchronous I/O: the provider's asynchronous methods are synchronous as well.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
