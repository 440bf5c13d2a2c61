using Microsoft.Extensions.Options;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Deletes the checkpoints of finished jobs, and the jobs themselves, when their time is over.</summary>
internal sealed partial class JobRetention(ExpiredJobs expired, JobReader jobs, IOptions<StorageOptions> options, TimeProvider time, ILogger<JobRetention> logger) : BackgroundService
{
    /// <summary>Requests fail after waiting for the database for a second, so no deletion may take that long.</summary>
    private const int BatchSize = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>SQLite's waiting writers try again at most 100 ms later.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

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
        DateTime now = await jobs.ReadTimeAsync(cancellation);
        int checkpoints = await DeleteAllAsync(limit => expired.DeleteCheckpointsAsync(now - options.Value.KeepCheckpoints, limit, cancellation), cancellation);
        int finished = options.Value.KeepJobs is TimeSpan keep ? await DeleteAllAsync(limit => expired.DeleteJobsAsync(now - keep, limit, cancellation), cancellation) : 0;
        if (checkpoints + finished > 0)
        {
            LogDeleted(checkpoints, finished);
        }
    }

    /// <summary>Repeats a deletion until nothing is left. Others write between two batches.</summary>
    private async Task<int> DeleteAllAsync(Func<int, Task<int>> deleteAsync, CancellationToken cancellation)
    {
        int total = 0;
        while (true)
        {
            int deleted = await deleteAsync(BatchSize);
            total += deleted;
            if (deleted < BatchSize)
            {
                return total;
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    [LoggerMessage(LogLevel.Information, "Deleted {Checkpoints} expired checkpoints and {Jobs} expired jobs")]
    private partial void LogDeleted(int checkpoints, int jobs);

    [LoggerMessage(LogLevel.Error, "Expired jobs could not be deleted; it will be retried in a minute")]
    private partial void LogFailed(Exception exception);
}
