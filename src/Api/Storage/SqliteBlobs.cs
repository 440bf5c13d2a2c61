using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>
/// Reads only the pages of a part; a query would read the whole value. SQLite reads synchronously, so one part is read at a time: many simultaneous downloads would otherwise
/// occupy all threads of the thread pool.
/// </summary>
internal sealed class SqliteBlobs : DatabaseBlobs, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public override async Task<int?> ReadAsync(ServiceDbContext database, BlobColumn column, Guid owner, long offset, Memory<byte> part, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await database.Database.OpenConnectionAsync(cancellation);
            return await FindAsync<long?>(database, column, "rowid", owner, cancellation) is long row
                ? Read((SqliteConnection)database.Database.GetDbConnection(), column, row, offset, part.Span)
                : null;
        }
        finally
        {
            await database.Database.CloseConnectionAsync();
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private static int Read(SqliteConnection connection, BlobColumn column, long row, long offset, Span<byte> part)
    {
        using SqliteBlob content = new(connection, column.Table, column.Content, row, readOnly: true);
        content.Seek(offset, SeekOrigin.Begin);
        return content.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
    }
}
