using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RnnService.Api.Storage.Copying;

/// <summary>Reads the rows of a table, with the same .NET values from every database.</summary>
internal sealed class TableRows(ITable table)
{
    private readonly (string Name, Type Type)[] columns = [.. table.Columns.Select(column => (column.Name, Nullable.GetUnderlyingType(column.ProviderClrType) ?? column.ProviderClrType))];

    /// <summary>The columns in the order of the values.</summary>
    public string ColumnList => List(columns.Select(column => column.Name));

    /// <summary>Reads all rows, one at a time, in the order of the primary key.</summary>
    public async IAsyncEnumerable<object?[]> ReadAsync(DbConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {ColumnList} FROM \"{table.Name}\" ORDER BY {List(table.PrimaryKey!.Columns.Select(column => column.Name))}";
        await using DbDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            object?[] row = new object?[columns.Length];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = await reader.IsDBNullAsync(i, cancellation) ? null : Read(reader, i, columns[i].Type);
            }

            yield return row;
        }
    }

    private static object Read(DbDataReader reader, int i, Type type) => type switch
    {
        _ when type == typeof(Guid) => reader.GetGuid(i),
        _ when type == typeof(DateTime) => Microseconds(reader.GetDateTime(i)),
        _ when type == typeof(int) => reader.GetInt32(i),
        _ when type == typeof(long) => reader.GetInt64(i),
        _ when type == typeof(double) => reader.GetDouble(i),
        _ when type == typeof(bool) => reader.GetBoolean(i),
        _ when type == typeof(string) => reader.GetString(i),
        _ when type == typeof(byte[]) => reader.GetFieldValue<byte[]>(i),
        _ => throw new NotSupportedException($"Values of type {type} cannot be copied."),
    };

    /// <summary>PostgreSQL stores microseconds, SQLite ticks of 100 ns.</summary>
    private static DateTime Microseconds(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
