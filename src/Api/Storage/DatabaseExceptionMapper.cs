using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RnnService.Api.Http;

namespace RnnService.Api.Storage;

/// <summary>Maps and logs exceptions of the database. Its own texts are only logged: they can contain paths, statements, and values.</summary>
internal sealed partial class DatabaseExceptionMapper(ILogger<DatabaseExceptionMapper> logger) : IExceptionMapper
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Full = 13;

    public ProblemException? Map(Exception exception)
    {
        if (exception is not (DbException or DbUpdateException))
        {
            return null;
        }

        LogDatabaseFailed(exception);
        return new DatabaseUnavailableException(Reason(DatabaseFaults.Find(exception)), exception);
    }

    private static string Reason(DbException? exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } => "The database is busy.",
        SqliteException { SqliteErrorCode: Full } => $"The database has no space left: its disk or {StorageOptions.Section}:{nameof(StorageOptions.MaxMegabytes)} is exhausted.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "The database is busy.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The database has no space left.",
        NpgsqlException when DatabaseFaults.IsConflict(exception) => "The database is busy.",
        NpgsqlException when DatabaseFaults.IsTransient(exception) => "The database is not available.",
        _ => "The database operation failed.",
    };

    [LoggerMessage(LogLevel.Error, "The database operation failed")]
    private partial void LogDatabaseFailed(Exception exception);
}
