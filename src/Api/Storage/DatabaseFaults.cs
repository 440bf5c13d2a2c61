using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace RnnService.Api.Storage;

/// <summary>Classifies faults of the database.</summary>
internal static class DatabaseFaults
{
    // https://www.sqlite.org/rescode.html: faults of the data or of a statement, which do not go away.
    private static readonly int[] PermanentSqliteErrors = [SQLitePCL.raw.SQLITE_ERROR, SQLitePCL.raw.SQLITE_CORRUPT, SQLitePCL.raw.SQLITE_TOOBIG, SQLitePCL.raw.SQLITE_CONSTRAINT, SQLitePCL.raw.SQLITE_MISMATCH, SQLitePCL.raw.SQLITE_MISUSE, SQLitePCL.raw.SQLITE_RANGE, SQLitePCL.raw.SQLITE_NOTADB];

    // https://www.postgresql.org/docs/current/errcodes-appendix.html: connections, conflicts with other transactions, resources, operators and the system.
    private static readonly string[] TransientPostgresClasses = ["08", "40", "53", "57", "58"];

    // A lock is held, an object is in use, or the server is a replica that is about to become the primary.
    private static readonly string[] TransientPostgresErrors = [PostgresErrorCodes.LockNotAvailable, PostgresErrorCodes.ObjectInUse, PostgresErrorCodes.ReadOnlySqlTransaction];

    // Two transactions that ran at the same time. A unique key is among them: both looked for it before either committed.
    private static readonly string[] PostgresConflicts = [PostgresErrorCodes.SerializationFailure, PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.UniqueViolation];

    /// <summary>Whether the same operation can succeed later, for example because the database is locked or the disk is full.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => false,
        DbUpdateException { InnerException: Exception inner } => IsTransient(inner),
        SqliteException sqlite => !PermanentSqliteErrors.Contains(sqlite.SqliteErrorCode),
        PostgresException postgres => TransientPostgresClasses.Contains(postgres.SqlState[..2]) || TransientPostgresErrors.Contains(postgres.SqlState),
        NpgsqlException { InnerException: Exception inner } => IsTransient(inner),
        NpgsqlException npgsql => npgsql.IsTransient,
        DbException => true,
        TimeoutException => true,
        SocketException => true,
        IOException => true,
        _ => false,
    };

    /// <summary>Whether a transaction was rolled back because of one that ran at the same time: the same operation can be repeated immediately.</summary>
    public static bool IsConflict(Exception exception) => Find(exception) is PostgresException postgres && PostgresConflicts.Contains(postgres.SqlState);

    /// <summary>Returns the database's exception; null if the fault is not one of the database.</summary>
    public static DbException? Find(Exception exception) => exception switch
    {
        DbException found => found,
        DbUpdateException { InnerException: Exception inner } => Find(inner),
        _ => null,
    };
}
