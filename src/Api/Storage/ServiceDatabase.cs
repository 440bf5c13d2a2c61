using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RnnService.Api.Storage;

/// <summary>Opens the embedded database and checks that it is neither locked, nor damaged, nor newer than the service.</summary>
internal sealed partial class ServiceDatabase(IDbContextFactory<ServiceDbContext> databases, DataDirectory directory, ILogger<ServiceDatabase> logger)
{
    // Most of the file, which a start need not read: their contents are verified whenever they are loaded.
    private static readonly string[] TablesOfBlobs = ["model_weights", "job_checkpoints", "job_events"];

    /// <exception cref="InvalidStorageException">The database cannot be opened.</exception>
    public void Open()
    {
        directory.Acquire();
        try
        {
            using ServiceDbContext database = databases.CreateDbContext();
            ThrowIfDamaged(database.Database);
            ThrowIfNewer(database.Database);

            // A process that was killed during a migration leaves its lock behind. No other process uses this database.
            database.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS \"__EFMigrationsLock\"");
            database.Database.Migrate();
        }
        catch (DbException e)
        {
            throw new InvalidStorageException($"The database {directory.DatabaseFile} cannot be opened: {e.Message} Fix the cause, replace the file with a backup, or move it away to start with an empty database.", e);
        }

        LogOpened(directory.DatabaseFile);
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

    private void ThrowIfNewer(DatabaseFacade database)
    {
        string? unknown = database.GetAppliedMigrations().Except(database.GetMigrations()).FirstOrDefault();
        if (unknown is not null)
        {
            throw new InvalidStorageException($"The database {directory.DatabaseFile} was written by a newer version of RnnService: it contains the unknown migration '{unknown}'. Start the newer version, or set {StorageOptions.Section}:{nameof(StorageOptions.Directory)} to another directory.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Using database {DatabaseFile}")]
    private partial void LogOpened(string databaseFile);
}
