using System.Collections.Concurrent;

namespace RnnService.Api.Progress;

/// <summary>
/// Wakes those who watch a job; it carries no news itself. Take hold of the next ring first, then read the log: what happens
/// in between rings too.
/// </summary>
internal sealed class ProgressBell
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> rings = [];

    public Task NextRing(Guid jobId) =>
        rings.GetOrAdd(jobId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Ring(Guid jobId)
    {
        if (rings.TryRemove(jobId, out TaskCompletionSource? ring))
        {
            ring.SetResult();
        }
    }
}
