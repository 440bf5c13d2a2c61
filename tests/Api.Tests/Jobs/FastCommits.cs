using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RnnService.Api.Tests.Jobs;

/// <summary>Lets SQLite not wait for the disk: the machine does not fail during a test.</summary>
internal sealed class FastCommits : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
