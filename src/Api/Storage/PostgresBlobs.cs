using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>Reads a part of a value that is stored without compression, so that PostgreSQL reads only this part.</summary>
internal sealed class PostgresBlobs : DatabaseBlobs
{
    public override async Task<int?> ReadAsync(ServiceDbContext database, BlobColumn column, Guid owner, long offset, Memory<byte> part, CancellationToken cancellation)
    {
        // Values of bytea are smaller than 1 GiB.
        string select = $"SELECT substring({column.Content} FROM {{1}} FOR {{2}}) AS \"Value\" FROM {column.Table} WHERE {column.Owner} = {{0}}";
        byte[]? read = await database.Database.SqlQueryRaw<byte[]>(select, owner, checked((int)offset + 1), part.Length).SingleOrDefaultAsync(cancellation);
        read?.CopyTo(part);
        return read?.Length;
    }
}
