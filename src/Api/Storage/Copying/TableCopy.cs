using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace RnnService.Api.Storage.Copying;

/// <summary>Copies one table from SQLite to PostgreSQL in the caller's transaction.</summary>
internal sealed class TableCopy(ITable table, DbConnection source, NpgsqlConnection target)
{
    private readonly TableRows rows = new(table);

    public string Name => table.Name;

    /// <summary>Locks the table against writes until the end of the transaction.</summary>
    /// <exception cref="InvalidStorageException">It has rows.</exception>
    public async Task LockEmptyAsync(CancellationToken cancellation)
    {
        await ExecuteAsync($"LOCK TABLE \"{Name}\" IN SHARE ROW EXCLUSIVE MODE", cancellation);
        if (await ExecuteAsync($"SELECT EXISTS (SELECT FROM \"{Name}\")", cancellation) is true)
        {
            throw new InvalidStorageException($"The target database is not empty: its table '{Name}' has rows. Copy to an empty database.");
        }
    }

    /// <summary>Copies the rows, reads them again, and compares their hash.</summary>
    /// <returns>The number of rows and their hash.</returns>
    /// <exception cref="InvalidStorageException">The rows differ.</exception>
    public async Task<(long Rows, string Hash)> RunAsync(CancellationToken cancellation)
    {
        long count = 0;
        using RowHash expected = new();
        await using (NpgsqlBinaryImporter importer = await target.BeginBinaryImportAsync($"COPY \"{Name}\" ({rows.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellation))
        {
            await foreach (object?[] row in rows.ReadAsync(source, cancellation))
            {
                expected.Append(row);
                await importer.WriteRowAsync(cancellation, row);
                count++;
            }

            await importer.CompleteAsync(cancellation);
        }

        await AdvanceSequenceAsync(cancellation);
        using RowHash actual = new();
        await foreach (object?[] row in rows.ReadAsync(target, cancellation))
        {
            actual.Append(row);
        }

        string hash = expected.Complete();
        return actual.Complete() == hash ? (count, hash) : throw new InvalidStorageException($"The copy of the table '{Name}' differs from the original. Nothing was changed.");
    }

    /// <summary>Continues after the last number that SQLite assigned, also if its row was deleted: numbers are never reused.</summary>
    private async Task AdvanceSequenceAsync(CancellationToken cancellation)
    {
        await using DbCommand command = source.CreateCommand();
        command.CommandText = $"SELECT seq FROM sqlite_sequence WHERE name = '{Name}' AND seq > 0";
        if (await command.ExecuteScalarAsync(cancellation) is long last)
        {
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT setval(pg_get_serial_sequence('\"{Name}\"', '{table.PrimaryKey!.Columns[0].Name}'), {last})"), cancellation);
        }
    }

    private async Task<object?> ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = new(sql, target);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
