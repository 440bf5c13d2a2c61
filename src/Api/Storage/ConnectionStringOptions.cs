namespace RnnService.Api.Storage;

/// <summary>Settings under <c>ConnectionStrings</c>.</summary>
internal sealed class ConnectionStringOptions
{
    public const string Section = "ConnectionStrings";

    /// <summary>
    /// The connection string of the PostgreSQL database, which several processes can share, such as <c>Host=db;Database=rnn;Username=rnn;Password=…</c>. The
    /// embedded database by default.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>Whether the service uses PostgreSQL instead of the embedded database.</summary>
    public bool UsesPostgres => !string.IsNullOrWhiteSpace(Postgres);
}
