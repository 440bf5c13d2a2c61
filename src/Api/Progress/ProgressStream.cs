using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RnnService.Api.Hosting;
using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Progress;

/// <summary>Tells one watcher all about one job, from its log: nothing is missed or told twice, whenever the watcher comes.</summary>
internal sealed class ProgressStream(JobStore jobs, ProgressBell bell, TimeProvider time)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>At most four a second.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>The job as it is, then its log after a sequence number with batch progress in between, up to the job's last event.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(Guid id, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Item("status", JobResponse.From(jobs.Get(id)));

        TrainingProgress? shown = null;
        long shownAt = 0;
        while (!cancellation.IsCancellationRequested)
        {
            Task ring = bell.NextRing(id);
            (TrainingJob job, IReadOnlyList<JobEvent> events) = jobs.Read(id, after);
            foreach (JobEvent entry in events)
            {
                after = entry.Sequence;
                yield return new SseItem<string>(entry.Data, entry.Type) { EventId = entry.Sequence.ToString() };
            }

            if (job.IsOver)
            {
                yield break;
            }

            if (job.Progress is not null && job.Progress != shown && time.GetElapsedTime(shownAt) >= ProgressInterval)
            {
                shown = job.Progress;
                shownAt = time.GetTimestamp();
                yield return Item("progress", ProgressResponse.From(shown));
            }

            await ring.WaitAsync(HeartbeatInterval, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ring.IsCompleted && !cancellation.IsCancellationRequested)
            {
                yield return Item("heartbeat", new { });
            }
        }
    }

    private static SseItem<string> Item<T>(string type, T data) => new(JsonSerializer.Serialize(data, ServiceJson.Options), type);
}
