using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RnnService.Api.Tests.Jobs;

/// <summary>Records how many rows each statement deletes from a table. Leases, which each start ends, are left out.</summary>
internal sealed class DeletedRows : DbCommandInterceptor
{
    private readonly Channel<(string Statement, int Rows)> statements = Channel.CreateUnbounded<(string, int)>();

    /// <summary>Waits for the next statements, which must be those that delete from this table.</summary>
    public async Task<IReadOnlyList<int>> FromAsync(string table, int count)
    {
        List<int> rows = [];
        while (rows.Count < count)
        {
            (string statement, int deleted) = await statements.Reader.ReadAsync();
            Assert.StartsWith($"DELETE FROM {table} ", statement.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
            rows.Add(deleted);
        }

        return rows;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith("DELETE", StringComparison.Ordinal) && !command.CommandText.Contains("job_leases", StringComparison.Ordinal))
        {
            statements.Writer.TryWrite((command.CommandText, result));
        }

        return ValueTask.FromResult(result);
    }
}
