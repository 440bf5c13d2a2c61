using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using RnnService.Api.Storage;

namespace RnnService.Api.Training;

/// <summary>Repeats the wait for a delivery while the database is not available. Hangfire would increase the delay between its own repetitions to five minutes.</summary>
internal sealed class PostgresQueueConnection(PostgreSqlStorage storage) : PostgreSqlConnection(storage)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public override IFetchedJob FetchNextJob(string[] queues, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return base.FetchNextJob(queues, cancellationToken);
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                // Other operations log the fault.
                cancellationToken.WaitOrThrow(RetryDelay);
            }
        }
    }
}
