using System.Collections.Immutable;
using RnnService.Api.Jobs;

namespace RnnService.Api.Progress;

/// <summary>One job for all who watch it in this process: after each ring its log is read once, however many they are.</summary>
internal sealed class WatchedJob
{
    private readonly Guid id;
    private readonly JobReader reader;
    private readonly Lock gate = new();
    private volatile ImmutableList<JobEvent> known = [];
    private TaskCompletionSource ring = NewRing();
    private Lazy<Task<JobLog>> reading;

    public WatchedJob(Guid id, JobReader reader)
    {
        this.id = id;
        this.reader = reader;
        reading = NewReading();
    }

    public int Watchers { get; set; }

    /// <summary>The job and its log as they are since the last ring, and what tells of the next.</summary>
    public async Task<(JobLog Log, Task NextRing)> ReadAsync()
    {
        Lazy<Task<JobLog>> current;
        Task next;
        lock (gate)
        {
            (current, next) = (reading, ring.Task);
        }

        JobLog log = await current.Value;
        known = log.Events;
        return (log, next);
    }

    public void Ring()
    {
        TaskCompletionSource rung;
        lock (gate)
        {
            rung = ring;
            ring = NewRing();
            reading = NewReading();
        }

        rung.SetResult();
    }

    private static TaskCompletionSource NewRing() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Lazy<Task<JobLog>> NewReading() => new(() => reader.GetAsync(id, known, CancellationToken.None));
}
