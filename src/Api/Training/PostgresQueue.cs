using Hangfire.PostgreSql;
using Hangfire.Storage;

namespace RnnService.Api.Training;

/// <summary>Hangfire's storage in PostgreSQL, whose workers recover within seconds when the database is available again.</summary>
internal sealed class PostgresQueue(IConnectionFactory connections, PostgreSqlStorageOptions options) : PostgreSqlStorage(connections, options)
{
    public override IStorageConnection GetConnection() => new PostgresQueueConnection(this);
}
