using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RnnService.Api.Http;
using RnnService.Api.Jobs;
using RnnService.Api.Storage;
using RnnService.Model.Training;

namespace RnnService.Api.Progress;

/// <summary>Streams a job's log to one subscriber. No event is missed or repeated, regardless of when the subscriber connects.</summary>
internal sealed class ProgressStream(WatchedJobs watchedJobs, JobNotifier notifier, TimeProvider time)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>At most four per second.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>A read that takes longer must not delay the heartbeat: it is due after 15 seconds at the latest.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(4);

    /// <summary>How long to wait after a failed read.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns the job, then its log after a sequence number, interleaved with batch progress, up to the terminal event. The log is read again with each heartbeat, in case
    /// a notification was lost, and more often if the job may run in another process. While the database does not respond, the stream stays open.
    /// </summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(Guid id, int after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        WatchedJob watched = watchedJobs.Subscribe(id);
        try
        {
            (JobSnapshot? snapshot, Task nextChange) = await watched.ReadAsync();
            long itemAt = time.GetTimestamp();
            yield return Item("status", JobResponse.From(snapshot));

            TrainingProgress? sent = null;
            long sentAt = 0;
            while (true)
            {
                foreach (JobEvent entry in snapshot?.Events.Skip(after) ?? [])
                {
                    (after, itemAt) = (entry.Sequence, time.GetTimestamp());
                    yield return Item(entry.Type, JobEventContent.Render(snapshot!, entry), entry.Sequence.ToString(CultureInfo.InvariantCulture));
                }

                if (snapshot is { IsTerminal: true } && snapshot.Events.Count == after)
                {
                    yield break;
                }

                if (snapshot?.Job.Progress is TrainingProgress progress && progress != sent && time.GetElapsedTime(sentAt) >= ProgressInterval)
                {
                    sent = progress;
                    sentAt = itemAt = time.GetTimestamp();
                    yield return Item("progress", ProgressResponse.From(progress));
                }

                await nextChange.WaitAsync(TimeToWait(snapshot, itemAt), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancellation.IsCancellationRequested)
                {
                    yield break;
                }

                if (!nextChange.IsCompleted)
                {
                    watched.Refresh();
                }

                if (time.GetElapsedTime(itemAt) >= HeartbeatInterval)
                {
                    itemAt = time.GetTimestamp();
                    yield return Item("heartbeat", new { });
                }

                (snapshot, nextChange) = await TryReadAsync(watched, cancellation);
            }
        }
        finally
        {
            watchedJobs.Unsubscribe(id);
        }
    }

    /// <summary>The time until the next heartbeat or, while the job may run in another process, until its progress is read.</summary>
    private TimeSpan TimeToWait(JobSnapshot? snapshot, long itemAt)
    {
        TimeSpan untilHeartbeat = HeartbeatInterval - time.GetElapsedTime(itemAt);
        TimeSpan wait = snapshot is { Job.IsRunning: true } && notifier.PollInterval < untilHeartbeat ? notifier.PollInterval : untilHeartbeat;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Returns no snapshot if the database does not respond, and a task that completes when to read again.</summary>
    private async Task<(JobSnapshot? Snapshot, Task NextChange)> TryReadAsync(WatchedJob watched, CancellationToken cancellation)
    {
        try
        {
            return await watched.ReadAsync().WaitAsync(ReadTimeout, time, cancellation);
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e) || cancellation.IsCancellationRequested)
        {
            return (null, Task.Delay(RetryInterval, time, cancellation));
        }
    }

    private static SseItem<string> Item(string type, object data, string? id = null) =>
        new(JsonSerializer.Serialize(data, ServiceJson.Options), type) { EventId = id };
}
