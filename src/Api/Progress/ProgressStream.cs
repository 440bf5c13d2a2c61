using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RnnService.Api.Hosting;
using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Progress;

/// <summary>Tells one watcher all about one job, from its log: nothing is missed or told twice, whenever the watcher comes.</summary>
internal sealed class ProgressStream(WatchedJobs watchedJobs, TimeProvider time)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>At most four a second.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>The job as it is, then its log after a sequence number with batch progress in between, up to the job's last event.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(Guid id, int after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        WatchedJob watched = watchedJobs.Join(id);
        try
        {
            TrainingProgress? shown = null;
            long shownAt = 0;
            for (bool isFirst = true; !cancellation.IsCancellationRequested; isFirst = false)
            {
                (JobLog log, Task nextRing) = await watched.ReadAsync();
                if (isFirst)
                {
                    yield return Item("status", JobResponse.From(log));
                }

                foreach (JobEvent entry in log.Events.Skip(after))
                {
                    after = entry.Sequence;
                    yield return new SseItem<string>(entry.Data, entry.Type) { EventId = entry.Sequence.ToString(CultureInfo.InvariantCulture) };
                }

                if (log.IsOver)
                {
                    yield break;
                }

                if (log.Job.Progress is TrainingProgress progress && progress != shown && time.GetElapsedTime(shownAt) >= ProgressInterval)
                {
                    shown = progress;
                    shownAt = time.GetTimestamp();
                    yield return Item("progress", ProgressResponse.From(progress));
                }

                await nextRing.WaitAsync(HeartbeatInterval, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!nextRing.IsCompleted && !cancellation.IsCancellationRequested)
                {
                    yield return Item("heartbeat", new { });
                }
            }
        }
        finally
        {
            watchedJobs.Leave(id);
        }
    }

    private static SseItem<string> Item<T>(string type, T data) => new(JsonSerializer.Serialize(data, ServiceJson.Options), type);
}
