using Microsoft.Extensions.Options;
using Npgsql;

namespace RnnService.Api.Storage;

/// <summary>Creates connections to PostgreSQL. The connection string overrides all defaults below.</summary>
internal static class PostgresDataSource
{
    // PostgreSQL accepts 100 connections by default, which several processes share.
    private const int MaxPoolSize = 20;

    // Requests fail promptly while the database is away.
    private const int ConnectSeconds = 5;

    // Detects connections whose other end has disappeared without closing them.
    private const int KeepAliveSeconds = 15;

    public static NpgsqlDataSource Create(IOptions<ConnectionStringOptions> options) => NpgsqlDataSource.Create(Settings(options.Value.Postgres!));

    /// <summary>Creates a source of connections that are not pooled, because each keeps the state of its session.</summary>
    public static NpgsqlDataSource CreateForListener(IOptions<ConnectionStringOptions> options)
    {
        string? direct = options.Value.PostgresDirect;
        NpgsqlConnectionStringBuilder settings = Settings(string.IsNullOrWhiteSpace(direct) ? options.Value.Postgres! : direct);
        settings.Pooling = false;
        settings.ApplicationName += " listener";
        return NpgsqlDataSource.Create(settings);
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = new(connectionString);
        SetDefault("Application Name", "RnnService");
        SetDefault("Maximum Pool Size", MaxPoolSize);
        SetDefault("Timeout", ConnectSeconds);
        SetDefault("Keepalive", KeepAliveSeconds);
        return settings;

        void SetDefault(string keyword, object value)
        {
            if (!settings.ShouldSerialize(keyword))
            {
                settings[keyword] = value;
            }
        }
    }
}
