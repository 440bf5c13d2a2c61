namespace RnnService.Api.Storage;

/// <summary>The clock of the database, which all processes share. The clocks of their machines can differ.</summary>
internal static class DatabaseClock
{
    /// <summary>The current time. It can be used only in queries, and is read when the statement runs.</summary>
    public static DateTime Now() => throw new InvalidOperationException("The clock of the database can be read only in a query.");
}
