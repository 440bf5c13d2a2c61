using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>Classifies faults of the database.</summary>
internal static class DatabaseFaults
{
    // https://www.sqlite.org/rescode.html: faults of the data or of a statement, which do not go away.
    private static readonly int[] PermanentSqliteErrors = [SQLitePCL.raw.SQLITE_ERROR, SQLitePCL.raw.SQLITE_CORRUPT, SQLitePCL.raw.SQLITE_TOOBIG, SQLitePCL.raw.SQLITE_CONSTRAINT, SQLitePCL.raw.SQLITE_MISMATCH, SQLitePCL.raw.SQLITE_MISUSE, SQLitePCL.raw.SQLITE_RANGE, SQLitePCL.raw.SQLITE_NOTADB];

    /// <summary>Whether the same operation can succeed later, for example because the database is locked or the disk is full.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => false,
        DbUpdateException { InnerException: Exception inner } => IsTransient(inner),
        SqliteException sqlite => !PermanentSqliteErrors.Contains(sqlite.SqliteErrorCode),
        DbException => true,
        TimeoutException => true,
        IOException => true,
        _ => false,
    };
}
