using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RnnService.Api.Tests.Progress;

/// <summary>Makes one commit report a fault after it took effect, as when the connection breaks at that moment.</summary>
internal sealed class FailedCommit : DbTransactionInterceptor
{
    private int failures;

    public void FailNext() => Interlocked.Increment(ref failures);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref failures, 0) > 0 ? throw new SqliteException("disk I/O error", 10) : Task.CompletedTask;
}
