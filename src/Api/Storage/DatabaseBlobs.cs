using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>Stores large values in the database itself. A foreign key deletes a value with its owner.</summary>
internal abstract class DatabaseBlobs : IBlobs
{
    public Task<long?> FindLengthAsync(ServiceDbContext database, BlobColumn column, Guid owner, CancellationToken cancellation) =>
        FindAsync<long?>(database, column, $"CAST(length({column.Content}) AS bigint)", owner, cancellation);

    public Task<byte[]?> FindAsync(ServiceDbContext database, BlobColumn column, Guid owner, CancellationToken cancellation) =>
        FindAsync<byte[]>(database, column, column.Content, owner, cancellation);

    public abstract Task<int?> ReadAsync(ServiceDbContext database, BlobColumn column, Guid owner, long offset, Memory<byte> part, CancellationToken cancellation);

    public Task WriteAsync(ServiceDbContext database, BlobColumn column, Guid owner, byte[] content)
    {
        (string table, string key, string value) = column;
        string upsert = $"INSERT INTO {table} ({key}, {value}) VALUES ({{0}}, {{1}}) ON CONFLICT ({key}) DO UPDATE SET {value} = excluded.{value}";
        return database.Database.ExecuteSqlRawAsync(upsert, owner, content);
    }

    public Task DeleteAsync(ServiceDbContext database, BlobColumn column, Guid owner)
    {
        string delete = $"DELETE FROM {column.Table} WHERE {column.Owner} = {{0}}";
        return database.Database.ExecuteSqlRawAsync(delete, owner);
    }

    /// <summary>Returns the value of an expression for the row of an owner; null if there is none.</summary>
    protected static Task<T?> FindAsync<T>(ServiceDbContext database, BlobColumn column, string expression, Guid owner, CancellationToken cancellation)
    {
        string select = $"SELECT {expression} AS \"Value\" FROM {column.Table} WHERE {column.Owner} = {{0}}";
        return database.Database.SqlQueryRaw<T>(select, owner).SingleOrDefaultAsync(cancellation);
    }
}
