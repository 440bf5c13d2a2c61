using Microsoft.Extensions.Options;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Deletes the checkpoints of finished jobs, and the jobs themselves, when their time is over.</summary>
internal sealed partial class JobRetention(JobStore store, IOptions<StorageOptions> options, TimeProvider time, ILogger<JobRetention> logger) : BackgroundService
{
    /// <summary>Requests fail after waiting for the database for a second, so no deletion may take that long.</summary>
    private const int BatchSize = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        do
        {
            try
            {
                await DeleteExpiredAsync(stoppingToken);
            }
            catch (ObjectDisposedException)
            {
                // The service could not start, for example because its port is in use, so the host is disposed without being stopped.
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The cause can be temporary, and nothing is lost by keeping the data longer.
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteExpiredAsync(CancellationToken cancellation)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        int checkpoints = await DeleteAllAsync(limit => store.DeleteCheckpointsAsync(now - options.Value.KeepCheckpoints, limit, cancellation));
        int jobs = options.Value.KeepJobs is TimeSpan keep ? await DeleteAllAsync(limit => store.DeleteFinishedAsync(now - keep, limit, cancellation)) : 0;
        if (checkpoints + jobs > 0)
        {
            LogDeleted(checkpoints, jobs);
        }
    }

    /// <summary>Repeats a deletion until nothing is left. Others can write between two batches.</summary>
    private static async Task<int> DeleteAllAsync(Func<int, Task<int>> deleteAsync)
    {
        int total = 0;
        int deleted;
        do
        {
            deleted = await deleteAsync(BatchSize);
            total += deleted;
        }
        while (deleted == BatchSize);
        return total;
    }

    [LoggerMessage(LogLevel.Information, "Deleted {Checkpoints} expired checkpoints and {Jobs} expired jobs")]
    private partial void LogDeleted(int checkpoints, int jobs);

    [LoggerMessage(LogLevel.Error, "Expired jobs could not be deleted; it will be retried in a minute")]
    private partial void LogFailed(Exception exception);
}
