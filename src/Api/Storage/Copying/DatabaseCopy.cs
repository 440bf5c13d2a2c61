using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace RnnService.Api.Storage.Copying;

/// <summary>
/// Copies the embedded database to an empty PostgreSQL database: all rows with their numbers, in one transaction, which is committed only if the rows of each table
/// have the same hash in both databases. The embedded database keeps its rows; it is brought up to date first.
/// </summary>
internal sealed class DatabaseCopy(DataDirectory directory, SqliteDatabase source, IDbContextFactory<SqliteDbContext> sources, PostgresDatabase target, NpgsqlDataSource targets)
{
    /// <summary>Copies the database.</summary>
    /// <param name="output">Receives a line for each table.</param>
    /// <param name="cancellation">Cancels the copy; the target then remains empty.</param>
    /// <exception cref="InvalidStorageException">A database cannot be opened, the target is not empty, or the copy differs. The target is unchanged.</exception>
    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        if (!File.Exists(directory.DatabaseFile))
        {
            throw new InvalidStorageException($"There is no database {directory.DatabaseFile}. Set {StorageOptions.Section}:{nameof(StorageOptions.Directory)} to the directory of the database to copy.");
        }

        await source.OpenAsync(cancellation);
        await target.OpenAsync(cancellation);
        await using SqliteDbContext from = await sources.CreateDbContextAsync(cancellation);
        await from.Database.OpenConnectionAsync(cancellation);
        await using NpgsqlConnection to = await targets.OpenConnectionAsync(cancellation);
        await using NpgsqlTransaction transaction = await to.BeginTransactionAsync(cancellation);

        TableCopy[] tables = [.. InOrder(from.Model.GetRelationalModel()).Select(table => new TableCopy(table, from.Database.GetDbConnection(), to))];
        try
        {
            foreach (TableCopy table in tables)
            {
                await table.LockEmptyAsync(cancellation);
            }

            foreach (TableCopy table in tables)
            {
                (long rows, string hash) = await table.RunAsync(cancellation);
                await output.WriteLineAsync($"{table.Name}: {rows} rows, SHA-256 {hash}");
            }

            await transaction.CommitAsync(cancellation);
        }
        catch (DbException e)
        {
            throw new InvalidStorageException($"The database cannot be copied, and nothing was changed: {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>The tables in an order in which each follows those that its foreign keys refer to.</summary>
    private static List<ITable> InOrder(IRelationalModel model)
    {
        List<ITable> ordered = [];
        ITable[] left = [.. model.Tables.OrderBy(table => table.Name, StringComparer.Ordinal)];
        while (left.Length > 0)
        {
            ITable next = left.First(table => table.ForeignKeyConstraints.All(key => key.PrincipalTable == table || ordered.Contains(key.PrincipalTable)));
            ordered.Add(next);
            left = [.. left.Where(table => table != next)];
        }

        return ordered;
    }
}
