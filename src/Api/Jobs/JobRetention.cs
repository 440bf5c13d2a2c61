using Microsoft.Extensions.Options;
using RnnService.Api.Storage;

namespace RnnService.Api.Jobs;

/// <summary>Deletes the checkpoints of finished jobs, and the jobs themselves, when their time is over.</summary>
internal sealed partial class JobRetention(JobStore store, IOptions<StorageOptions> options, TimeProvider time, ILogger<JobRetention> logger) : BackgroundService
{
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
        int checkpoints = await store.DeleteCheckpointsAsync(now - options.Value.KeepCheckpoints, cancellation);
        int jobs = options.Value.KeepJobs is TimeSpan keep ? await store.DeleteFinishedAsync(now - keep, cancellation) : 0;
        if (checkpoints + jobs > 0)
        {
            LogDeleted(checkpoints, jobs);
        }
    }

    [LoggerMessage(LogLevel.Information, "Deleted {Checkpoints} expired checkpoints and {Jobs} expired jobs")]
    private partial void LogDeleted(int checkpoints, int jobs);

    [LoggerMessage(LogLevel.Error, "Expired jobs could not be deleted; it will be retried in a minute")]
    private partial void LogFailed(Exception exception);
}
