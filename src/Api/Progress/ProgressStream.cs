using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Progress;

/// <summary>Streams a job's log to one subscriber. No event is missed or repeated, regardless of when the subscriber connects.</summary>
internal sealed class ProgressStream(WatchedJobs watchedJobs, TimeProvider time)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>At most four per second.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns the job, then its log after a sequence number, interleaved with batch progress, up to the terminal event.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(Guid id, int after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        WatchedJob watched = watchedJobs.Subscribe(id);
        try
        {
            TrainingProgress? sent = null;
            long sentAt = 0;
            for (bool isFirst = true; !cancellation.IsCancellationRequested; isFirst = false)
            {
                (JobSnapshot snapshot, Task nextChange) = await watched.ReadAsync();
                if (isFirst)
                {
                    yield return Item("status", JobResponse.From(snapshot));
                }

                foreach (JobEvent entry in snapshot.Events.Skip(after))
                {
                    after = entry.Sequence;
                    yield return Item(entry.Type, JobEventContent.Render(snapshot, entry), entry.Sequence.ToString(CultureInfo.InvariantCulture));
                }

                if (snapshot.IsTerminal)
                {
                    yield break;
                }

                if (snapshot.Job.Progress is TrainingProgress progress && progress != sent && time.GetElapsedTime(sentAt) >= ProgressInterval)
                {
                    sent = progress;
                    sentAt = time.GetTimestamp();
                    yield return Item("progress", ProgressResponse.From(progress));
                }

                await nextChange.WaitAsync(HeartbeatInterval, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!nextChange.IsCompleted && !cancellation.IsCancellationRequested)
                {
                    yield return Item("heartbeat", new { });
                }
            }
        }
        finally
        {
            watchedJobs.Unsubscribe(id);
        }
    }

    private static SseItem<string> Item(string type, object data, string? id = null) =>
        new(JsonSerializer.Serialize(data, ServiceJson.Options), type) { EventId = id };
}
