using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>Reads only the pages of a part; a query would read the whole value.</summary>
internal sealed class SqliteBlobReader(IDbContextFactory<SqliteDbContext> databases) : IBlobReader
{
    public async Task<bool> ReadAsync(BlobColumn column, Guid key, long offset, long length, Func<Stream, Task> read, CancellationToken cancellation)
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
