using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>
/// Reads only the pages of a part; a query would read the whole value. SQLite reads synchronously, so one part is read at a time: many simultaneous downloads would otherwise
/// occupy all threads of the thread pool.
/// </summary>
internal sealed class SqliteBlobReader(IDbContextFactory<SqliteDbContext> databases) : IBlobReader, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public async Task<bool> ReadAsync(BlobColumn column, Guid key, long offset, long length, Func<Stream, Task> read, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await ReadNowAsync(column, key, offset, read, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<bool> ReadNowAsync(BlobColumn column, Guid key, long offset, Func<Stream, Task> read, CancellationToken cancellation)
    {
        await using SqliteDbContext database = await databases.CreateDbContextAsync(cancellation);
        await database.Database.OpenConnectionAsync(cancellation);
        SqliteConnection connection = (SqliteConnection)database.Database.GetDbConnection();
        string select = $"SELECT rowid AS Value FROM {column.Table} WHERE {column.Key} = {{0}}";
        if (await database.Database.SqlQueryRaw<long?>(select, key).SingleOrDefaultAsync(cancellation) is not long row)
        {
            return false;
        }

        await using SqliteBlob content = new(connection, column.Table, column.Content, row, readOnly: true);
        content.Seek(offset, SeekOrigin.Begin);
        await read(content);
        return true;
    }
}
