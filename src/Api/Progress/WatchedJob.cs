using System.Collections.Immutable;
using RnnService.Api.Jobs;

namespace RnnService.Api.Progress;

/// <summary>A job and its subscribers in this process. After a notification, the log is read once for all of them.</summary>
internal sealed class WatchedJob
{
    /// <summary>Subscribers that read without a notification share reads that are not older.</summary>
    private static readonly TimeSpan SharedReadAge = TimeSpan.FromMilliseconds(500);

    private readonly Guid id;
    private readonly JobReader reader;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private volatile ImmutableList<JobEvent> known = [];
    private TaskCompletionSource change = NewChange();
    private Lazy<Task<JobSnapshot>> reading;
    private long readingSince;

    public WatchedJob(Guid id, JobReader reader, TimeProvider time)
    {
        this.id = id;
        this.reader = reader;
        this.time = time;
        reading = NewReading();
    }

    public int Subscribers { get; set; }

    /// <summary>Returns the job and its log as of the last notification or a later read, and a task that completes with the next notification.</summary>
    public async Task<(JobSnapshot Snapshot, Task NextChange)> ReadAsync()
    {
        Lazy<Task<JobSnapshot>> current;
        Task next;
        lock (gate)
        {
            (current, next) = (reading, change.Task);
        }

        try
        {
            JobSnapshot snapshot = await current.Value;
            known = snapshot.Events;
            return (snapshot, next);
        }
        catch
        {
            ReplaceFailed(current);
            throw;
        }
    }

    /// <summary>Lets subscribers read what has changed, and wakes them.</summary>
    public void Notify()
    {
        TaskCompletionSource completed;
        lock (gate)
        {
            completed = change;
            change = NewChange();
            reading = NewReading();
        }

        completed.SetResult();
    }

    /// <summary>Lets the next subscriber read what has changed without a notification, which may have been lost.</summary>
    public void Refresh()
    {
        lock (gate)
        {
            if (time.GetElapsedTime(readingSince) >= SharedReadAge)
            {
                reading = NewReading();
            }
        }
    }

    /// <summary>The next subscriber reads again: the fault may have been temporary.</summary>
    private void ReplaceFailed(Lazy<Task<JobSnapshot>> failed)
    {
        lock (gate)
        {
            reading = reading == failed ? NewReading() : reading;
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Lazy<Task<JobSnapshot>> NewReading()
    {
        readingSince = time.GetTimestamp();
        return new(() => reader.GetAsync(id, known, CancellationToken.None));
    }
}
