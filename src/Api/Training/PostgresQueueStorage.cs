using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;
using RnnService.Api.Storage;

namespace RnnService.Api.Training;

/// <summary>
/// A queue in the PostgreSQL database, which all processes share. It uses the service's pool of connections and the schema that the service's migrations create.
/// Deliveries can be repeated and lost: workers claim jobs in the database, and the sweeper enqueues again.
/// </summary>
internal sealed class PostgresQueueStorage(NpgsqlDataSource source) : IQueueStorage, IConnectionFactory
{
    /// <summary>How often an idle worker looks for a delivery: a queued job starts within a second.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>After this time, the delivery of a worker that died is repeated. Living workers extend it every fifth of it.</summary>
    private static readonly TimeSpan InvisibilityTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Hangfire's locks are rows, which a process that is killed leaves behind. They only protect Hangfire's own records, for milliseconds.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long completed deliveries are shown in the dashboard.</summary>
    private static readonly TimeSpan KeepCompleted = TimeSpan.FromHours(1);

    public JobStorage Create() => new PostgresQueue(this, new PostgreSqlStorageOptions
    {
        SchemaName = PostgresQueueSchema.Name,
        PrepareSchemaIfNecessary = false,
        QueuePollInterval = PollInterval,
        InvisibilityTimeout = InvisibilityTimeout,
        UseSlidingInvisibilityTimeout = true,
        DistributedLockTimeout = LockTimeout,
    })
    {
        JobExpirationTimeout = KeepCompleted,
    };

    public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
}
