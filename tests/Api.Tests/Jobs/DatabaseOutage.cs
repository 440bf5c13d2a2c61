using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RnnService.Api.Tests.Jobs;

/// <summary>
/// Makes the database fail, by default as it does when another process holds its lock, from a database call on and for some time. Commits fail before they take effect or, at
/// the first call of an outage, after it: then the caller cannot know.
/// </summary>
internal sealed class DatabaseOutage(TimeProvider time)
{
    private readonly Lock gate = new();
    private int callsUntilStart = -1;
    private Func<Exception> fault = () => new SqliteException("database is locked", 5);
    private TimeSpan duration;
    private DateTimeOffset end;

    public IInterceptor Commands => new CommandInterceptor(this);

    public IInterceptor Transactions => new TransactionInterceptor(this);

    /// <summary>How many calls there were since the last outage was planned.</summary>
    public int Calls { get; private set; }

    /// <summary>How many calls failed since the last outage was planned.</summary>
    public int Failures { get; private set; }

    /// <summary>Plans an outage.</summary>
    /// <param name="after">It begins with the call after so many; a negative number is for no outage.</param>
    /// <param name="lasting">How long it lasts.</param>
    public void Plan(int after, TimeSpan lasting)
    {
        lock (gate)
        {
            (callsUntilStart, duration, end, Calls, Failures) = (after, lasting, default, 0, 0);
        }
    }

    /// <summary>Replaces the exception of the failed calls.</summary>
    public void FailWith(Func<Exception> exception) => fault = exception;

    private void Call()
    {
        lock (gate)
        {
            if (Calls++ == callsUntilStart)
            {
                end = time.GetUtcNow() + duration;
            }

            if (time.GetUtcNow() < end)
            {
                Failures++;
                throw fault();
            }
        }
    }

    private sealed class CommandInterceptor(DatabaseOutage outage) : DbCommandInterceptor
    {
        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            outage.Call();
            return result;
        }

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
        {
            outage.Call();
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            outage.Call();
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            outage.Call();
            return ValueTask.FromResult(result);
        }
    }

    private sealed class TransactionInterceptor(DatabaseOutage outage) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            outage.Call();
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            outage.Call();
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            outage.Call();
            return Task.CompletedTask;
        }
    }
}
