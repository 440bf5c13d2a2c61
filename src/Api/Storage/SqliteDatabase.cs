using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RnnService.Api.Storage;

/// <summary>Opens the embedded database and checks that it is neither locked, nor damaged, nor newer than the service.</summary>
internal sealed partial class SqliteDatabase(IDbContextFactory<SqliteDbContext> databases, DataDirectory directory, ILogger<SqliteDatabase> logger) : IServiceDatabase
{
    // Most of the file, which a start need not read: their contents are verified whenever they are loaded.
    private static readonly string[] TablesOfBlobs = ["model_weights", "job_checkpoints", "job_events"];

    public TimeSpan DefaultCheckpointInterval => TimeSpan.Zero;

    public Task OpenAsync(CancellationToken cancellation)
    {
        directory.Acquire();
        try
        {
            using SqliteDbContext database = databases.CreateDbContext();
            ThrowIfDamaged(database.Database);
            ThrowIfNewer(database);

            // A process that was killed during a migration leaves its lock behind. No other process uses this database.
            database.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS \"__EFMigrationsLock\"");
            database.Database.Migrate();
        }
        catch (DbException e)
        {
            throw Fault(e);
        }

        LogOpened(directory.DatabaseFile);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public InvalidStorageException Fault(DbException cause)
    {
        string advice = (cause as SqliteException)?.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => "Another program is using the file: wait until it has finished, or stop it, then start again.",
            SQLitePCL.raw.SQLITE_FULL => $"Free some space on its disk, or raise {StorageOptions.Section}:{nameof(StorageOptions.MaxMegabytes)} if it is set, then start again.",
            _ when DatabaseFaults.IsTransient(cause) => "Fix the cause, then start again.",

            // A backup helps only if the file is damaged.
            _ => "Replace the file with a backup, or move it away to start with an empty database.",
        };
        return new InvalidStorageException($"The database {directory.DatabaseFile} cannot be opened: {cause.Message} {advice}", cause);
    }

    private void ThrowIfDamaged(DatabaseFacade database)
    {
        foreach (string table in database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table'").ToList().Except(TablesOfBlobs))
        {
            string verdict = database.SqlQuery<string>($"SELECT quick_check AS Value FROM pragma_quick_check({table})").AsEnumerable().First();
            if (verdict != "ok")
            {
                throw new InvalidStorageException($"The database {directory.DatabaseFile} is damaged: {verdict}. Replace the file with a backup, or move it away to start with an empty database.");
            }
        }
    }

    private void ThrowIfNewer(SqliteDbContext database)
    {
        if (database.FindUnknownMigration() is string unknown)
        {
            throw new InvalidStorageException($"The database {directory.DatabaseFile} was written by a newer version of RnnService: it contains the unknown migration '{unknown}'. Start the newer version, or set {StorageOptions.Section}:{nameof(StorageOptions.Directory)} to another directory.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Using database {DatabaseFile}")]
    private partial void LogOpened(string databaseFile);
}
