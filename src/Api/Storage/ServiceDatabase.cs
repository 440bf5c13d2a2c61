using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RnnService.Api.Storage;

/// <summary>Opens the embedded database: alone, intact, and of this version.</summary>
internal sealed partial class ServiceDatabase(IDbContextFactory<ServiceDbContext> databases, DataDirectory directory, ILogger<ServiceDatabase> logger)
{
    /// <exception cref="InvalidStorageException">It cannot be opened; the message says why and what to do.</exception>
    public void Open()
    {
        directory.Claim();
        try
        {
            using ServiceDbContext database = databases.CreateDbContext();
            ThrowIfDamaged(database.Database);
            ThrowIfNewer(database.Database);

            // A process that was killed while it migrated left its lock behind; nobody else is here.
            database.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS \"__EFMigrationsLock\"");
            database.Database.Migrate();
        }
        catch (DbException e)
        {
            throw new InvalidStorageException($"The database {directory.DatabaseFile} cannot be opened: {e.Message} Mend the cause, put a copy of the database in its place, or move the file away to begin with an empty one.", e);
        }

        LogOpened(directory.DatabaseFile);
    }

    private void ThrowIfDamaged(DatabaseFacade database)
    {
        string verdict = database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").AsEnumerable().First();
        if (verdict != "ok")
        {
            throw new InvalidStorageException($"The database {directory.DatabaseFile} is damaged: {verdict}. Put a copy in its place, or move the file away to begin with an empty one.");
        }
    }

    private void ThrowIfNewer(DatabaseFacade database)
    {
        string? unknown = database.GetAppliedMigrations().Except(database.GetMigrations()).FirstOrDefault();
        if (unknown is not null)
        {
            throw new InvalidStorageException($"The database {directory.DatabaseFile} was written by a newer version of RnnService: this one does not know its migration '{unknown}'. Start the newer version, or set {StorageOptions.Section}:{nameof(StorageOptions.Directory)} to another folder.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Jobs and models are kept in {DatabaseFile}")]
    private partial void LogOpened(string databaseFile);
}
