using Microsoft.Extensions.Options;
using Npgsql;

namespace RnnService.Api.Storage;

/// <summary>Creates the pool of connections to PostgreSQL. The connection string overrides all defaults below.</summary>
internal static class PostgresDataSource
{
    // PostgreSQL accepts 100 connections by default, which several processes share.
    private const int MaxPoolSize = 20;

    // Requests fail promptly while the database is away.
    private const int ConnectSeconds = 5;

    // Detects connections whose other end has disappeared without closing them.
    private const int KeepAliveSeconds = 15;

    public static NpgsqlDataSource Create(IOptions<ConnectionStringOptions> options)
    {
        NpgsqlConnectionStringBuilder settings = new(options.Value.Postgres);
        SetDefault("Application Name", "RnnService");
        SetDefault("Maximum Pool Size", MaxPoolSize);
        SetDefault("Timeout", ConnectSeconds);
        SetDefault("Keepalive", KeepAliveSeconds);
        return NpgsqlDataSource.Create(settings);

        void SetDefault(string keyword, object value)
        {
            if (!settings.ShouldSerialize(keyword))
            {
                settings[keyword] = value;
            }
        }
    }
}
