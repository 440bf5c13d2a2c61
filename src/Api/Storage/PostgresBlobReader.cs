using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace RnnService.Api.Storage;

/// <summary>Reads a part of a value that is stored without compression, so that PostgreSQL reads only this part.</summary>
internal sealed class PostgresBlobReader(NpgsqlDataSource source) : IBlobReader
{
    public async Task<bool> ReadAsync(BlobColumn column, Guid key, long offset, long length, Func<Stream, Task> read, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = source.CreateCommand($"SELECT substring({column.Content} FROM $1 FOR $2) FROM {column.Table} WHERE {column.Key} = $3");
        command.Parameters.Add(Integer(offset + 1));
        command.Parameters.Add(Integer(length));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key });
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleRow, cancellation);
        if (!await row.ReadAsync(cancellation))
        {
            return false;
        }

        await using Stream content = await row.GetStreamAsync(0, cancellation);
        await read(content);
        return true;
    }

    /// <summary>Values of bytea are smaller than 1 GiB.</summary>
    private static NpgsqlParameter Integer(long value) => new() { Value = (int)Math.Min(value, int.MaxValue), NpgsqlDbType = NpgsqlDbType.Integer };
}
