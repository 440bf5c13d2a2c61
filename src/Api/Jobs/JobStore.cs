using RnnService.Api.Hosting;
using RnnService.Api.Progress;
using RnnService.Model.Training;

namespace RnnService.Api.Jobs;

/// <summary>
/// The truth about jobs and their events, in memory: a change and its event are seen together or not at all.
/// </summary>
internal sealed class JobStore(TimeProvider time, ProgressBell bell)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Entry> entries = [];
    private readonly Dictionary<string, Guid> idempotencyKeys = [];
    private readonly List<Entry> oldestFirst = [];

    /// <summary>Adds a job, unless one was added with the same key.</summary>
    /// <param name="settings">What to train.</param>
    /// <param name="queueLimit">How many jobs may wait.</param>
    /// <param name="idempotencyKey">The client's own name for the request, so that it may be sent twice; null for none.</param>
    /// <returns>Whether it was added, and the job of that key.</returns>
    /// <exception cref="JobQueueFullException">So many jobs are queued already.</exception>
    public (bool Added, TrainingJob Job) Add(TrainingSettings settings, int queueLimit, string? idempotencyKey)
    {
        lock (gate)
        {
            if (idempotencyKey is not null && idempotencyKeys.TryGetValue(idempotencyKey, out Guid known))
            {
                return (false, Find(known).Job);
            }

            if (oldestFirst.Count(entry => entry.Job.Status == TrainingJobStatus.Queued) >= queueLimit)
            {
                throw new JobQueueFullException(queueLimit);
            }

            Entry entry = new(new TrainingJob(Guid.CreateVersion7(), settings, time.GetUtcNow().UtcDateTime));
            entries.Add(entry.Job.Id, entry);
            oldestFirst.Add(entry);
            if (idempotencyKey is not null)
            {
                idempotencyKeys.Add(idempotencyKey, entry.Job.Id);
            }

            return (true, entry.Job);
        }
    }

    /// <exception cref="JobNotFoundException">There is none of that id.</exception>
    public TrainingJob Get(Guid id)
    {
        lock (gate)
        {
            return Find(id).Job;
        }
    }

    public Page<TrainingJob> List(TrainingJobStatus? status, Paging paging)
    {
        lock (gate)
        {
            IEnumerable<TrainingJob> newestFirst = oldestFirst.AsEnumerable().Reverse().Select(entry => entry.Job);
            return paging.Of(newestFirst.Where(job => status is null || job.Status == status || job.Id == paging.After), job => job.Id);
        }
    }

    /// <summary>Takes a step, logs what there is to say about it, and wakes those who watch.</summary>
    /// <param name="id">The job.</param>
    /// <param name="step">The job after the step, given the job and the time now; null when it may not be taken.</param>
    /// <param name="describe">The event to log; null for none.</param>
    /// <returns>Whether the step was taken, and the job as it is now.</returns>
    public (bool Taken, TrainingJob Job) Advance(Guid id, Func<TrainingJob, DateTime, TrainingJob?> step, Func<TrainingJob, JobEventBody?>? describe = null)
    {
        TrainingJob? next;
        lock (gate)
        {
            Entry entry = Find(id);
            next = step(entry.Job, time.GetUtcNow().UtcDateTime);
            if (next is null)
            {
                return (false, entry.Job);
            }

            JobEventBody? body = describe?.Invoke(next);
            entry.Job = next;
            if (body is not null)
            {
                entry.Events.Add(new JobEvent(entry.Events.Count + 1, body.Type, body.Data));
            }
        }

        bell.Ring(id);
        return (true, next);
    }

    /// <summary>The job, and its events after a sequence number, oldest first, as they are at one moment.</summary>
    /// <param name="id">The job.</param>
    /// <param name="after">The sequence number; 0 for all events.</param>
    /// <param name="field">What the client calls it.</param>
    /// <exception cref="InvalidRequestException">The log has no such sequence number.</exception>
    public (TrainingJob Job, IReadOnlyList<JobEvent> Events) Read(Guid id, long after, string field = "after")
    {
        lock (gate)
        {
            Entry entry = Find(id);
            return after <= entry.Events.Count
                ? (entry.Job, [.. entry.Events.Skip((int)after)])
                : throw new InvalidRequestException(field, $"is {after}, but the last event of this job is {entry.Events.Count}. Leave it out to hear everything.");
        }
    }

    private Entry Find(Guid id) => entries.GetValueOrDefault(id) ?? throw new JobNotFoundException(id.ToString());

    private sealed class Entry(TrainingJob job)
    {
        public TrainingJob Job { get; set; } = job;

        public List<JobEvent> Events { get; } = [];
    }
}
