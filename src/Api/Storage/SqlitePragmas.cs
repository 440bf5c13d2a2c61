using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace RnnService.Api.Storage;

/// <summary>
/// What every connection to the embedded database is told: readers and a writer do not hold each other up (WAL), what was
/// committed survives a power cut (FULL), and who finds the database busy waits his turn.
/// </summary>
internal sealed class SqlitePragmas(IOptions<StorageOptions> options) : DbConnectionInterceptor
{
    private const int PageBytes = 4096;
    private const int PagesPerMegabyte = 1024 * 1024 / PageBytes;

    private readonly string pragmas = $"""
        PRAGMA page_size = {PageBytes};
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 30000;
        {(options.Value.MaxMegabytes is int limit ? $"PRAGMA max_page_count = {(long)limit * PagesPerMegabyte};" : "")}
        """;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite has no asynchronous calls; its own asynchronous methods are these.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
