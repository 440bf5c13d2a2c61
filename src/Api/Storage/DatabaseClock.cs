using Microsoft.EntityFrameworkCore;

namespace RnnService.Api.Storage;

/// <summary>The clock of the database, which all processes share. The clocks of their machines can differ.</summary>
internal static class DatabaseClock
{
    /// <summary>The current time. It can be used only in queries, and is read when the statement runs.</summary>
    public static DateTime Now() => throw new InvalidOperationException("The clock of the database can be read only in a query.");

    /// <summary>Reads the current time, UTC.</summary>
    public static async Task<DateTime> ReadAsync(ServiceDbContext database, CancellationToken cancellation) =>
        DateTime.SpecifyKind(await database.Database.SqlQuery<int>($"SELECT 1 AS \"Value\"").Select(_ => Now()).SingleAsync(cancellation), DateTimeKind.Utc);
}
