using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using RnnService.Api.Http;

namespace RnnService.Api.Storage;

/// <summary>Maps and logs exceptions of the database.</summary>
internal sealed partial class DatabaseExceptionMapper(ILogger<DatabaseExceptionMapper> logger) : IExceptionMapper
{
    public ProblemException? Map(Exception exception)
    {
        if (exception is not (DbException or DbUpdateException))
        {
            return null;
        }

        LogDatabaseFailed(exception);
        return new DatabaseUnavailableException(exception);
    }

    [LoggerMessage(LogLevel.Error, "The database operation failed")]
    private partial void LogDatabaseFailed(Exception exception);
}
