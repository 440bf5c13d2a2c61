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

    /// <summary>
    /// A connection string of the same database that does not go through pgbouncer in transaction mode, which does not support LISTEN. Only needed if <see cref="Postgres"/> does.
    /// </summary>
    public string? PostgresDirect { get; init; }

    /// <summary>Whether the service uses PostgreSQL instead of the embedded database.</summary>
    public bool UsesPostgres => !string.IsNullOrWhiteSpace(Postgres);
}
