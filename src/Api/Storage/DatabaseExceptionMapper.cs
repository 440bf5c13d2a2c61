using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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
        return new DatabaseUnavailableException(Reason(exception.GetBaseException()), exception);
    }

    private static string Reason(Exception exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        Busy or Locked => "The database is busy.",
        Full => $"The database has no space left: its disk or {StorageOptions.Section}:{nameof(StorageOptions.MaxMegabytes)} is exhausted.",
        _ => "The database operation failed.",
    };

    [LoggerMessage(LogLevel.Error, "The database operation failed")]
    private partial void LogDatabaseFailed(Exception exception);
}
