using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RnnService.Api.Storage;

/// <summary>The clock of the embedded database, which has none of its own: it is the clock of the process.</summary>
internal static class SqliteClock
{
    public const string Function = "database_time";

    // The format in which EF Core stores times; times are compared as text.
    private const string Format = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    /// <summary>Adds the function to a connection.</summary>
    public static void AddTo(SqliteConnection connection, TimeProvider time) =>
        connection.CreateFunction(Function, () => time.GetUtcNow().UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
