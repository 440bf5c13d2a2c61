using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace RnnService.Api.Storage;

/// <summary>
/// Opens the PostgreSQL database: waits until it responds, checks that it is not newer than the service, and applies the migrations that it lacks. An account
/// without the right to create tables is sufficient if no migration is missing.
/// </summary>
internal sealed partial class PostgresDatabase(IDbContextFactory<PostgresDbContext> databases, NpgsqlDataSource source, TimeProvider time, ILogger<PostgresDatabase> logger) : IServiceDatabase
{
    private const string Setting = ConnectionStringOptions.Section + ":" + nameof(ConnectionStringOptions.Postgres);

    // An arbitrary number that identifies the lock.
    private const long MigrationLock = 0x726e6e5f7376;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string description = Describe(new NpgsqlConnectionStringBuilder(source.ConnectionString));

    public TimeSpan DefaultCheckpointInterval => TimeSpan.FromSeconds(5);

    public async Task OpenAsync(CancellationToken cancellation)
    {
        string? logged = null;
        while (true)
        {
            try
            {
                await MigrateAsync(cancellation);
                LogOpened(description);
                return;
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e))
            {
                string cause = e.GetBaseException().Message;
                if (cause != logged)
                {
                    LogWaiting(description, cause);
                    logged = cause;
                }
            }
            catch (NpgsqlException e)
            {
                throw Fault(e);
            }

            await Task.Delay(Interval, time, cancellation);
        }
    }

    /// <inheritdoc />
    public InvalidStorageException Fault(DbException cause) => new($"The database {description} cannot be opened: {Explain(cause)}", cause);

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        await using PostgresDbContext database = await databases.CreateDbContextAsync(cancellation);
        await database.Database.OpenConnectionAsync(cancellation);
        if (database.FindUnknownMigration() is string unknown)
        {
            throw new InvalidStorageException($"The database {description} was written by a newer version of RnnService: it contains the unknown migration '{unknown}'. Start the newer version, or set {Setting} to another database.");
        }

        if (!(await database.Database.GetPendingMigrationsAsync(cancellation)).Any())
        {
            return;
        }

        // EF Core locks its history table during a migration, but processes that start at the same time would also create that table at the same time.
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation);
        await using NpgsqlCommand command = new($"SELECT pg_advisory_xact_lock({MigrationLock})", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellation);
        string[] pending = [.. await database.Database.GetPendingMigrationsAsync(cancellation)];
        await database.Database.MigrateAsync(cancellation);
        if (pending.Length > 0)
        {
            LogMigrated(description, string.Join(", ", pending));
        }
    }

    private static string Describe(NpgsqlConnectionStringBuilder settings) => $"'{settings.Database}' on {settings.Host}:{settings.Port}";

    private static string Explain(DbException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e =>
            $"{e.MessageText}. Migrations are missing, or the account cannot read the tables. Let an account that can create tables run the script that the command 'sql' prints, and grant the service's account the rights named there.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } e => $"{e.MessageText}. Create it, or set {Setting} to another database.",
        PostgresException e => $"{e.MessageText}. Check {Setting}.",
        _ => $"{exception.GetBaseException().Message}. Check {Setting}.",
    };

    [LoggerMessage(LogLevel.Information, "Using database {Database}")]
    private partial void LogOpened(string database);

    [LoggerMessage(LogLevel.Information, "Applied the migrations {Migrations} to database {Database}")]
    private partial void LogMigrated(string database, string migrations);

    [LoggerMessage(LogLevel.Warning, "Waiting for database {Database}: {Cause}")]
    private partial void LogWaiting(string database, string cause);
}
