using System.Collections.Concurrent;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Tests.Kernels.Threads;

/// <summary>These tests wait without <c>await</c>: a low-priority thread must not complete a task that others await (see <see cref="IdleScheduling"/>).</summary>
[Collection(nameof(ParallelRanges))]
public class LowPrioritySchedulerTests
{
    [Fact]
    public void Work_in_gaps_starts_when_no_other_work_waits_for_a_thread()
    {
        using SemaphoreSlim threads = new(0);
        ConcurrentQueue<string> order = new();
        Task[] blocked = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Run(threads.Wait))];
        Task later = ParallelRanges.RunInGaps(items: 3, together: 2, (first, count) => order.Enqueue($"{first} to {first + count - 1}"));
        Task urgent = Run(() => order.Enqueue("urgent"));

        // The first thread that is free takes everything that waits.
        threads.Release();
        Wait(later, urgent);
        foreach (Task _ in blocked.Skip(1))
        {
            threads.Release();
        }

        Wait(blocked);
        Assert.Equal(["urgent", "0 to 1", "2 to 2"], order);
    }

    [Fact]
    public void A_fault_of_work_in_gaps_is_that_of_its_task()
    {
        Task work = ParallelRanges.RunInGaps(items: 4, together: 1, (first, _) =>
        {
            if (first == 2)
            {
                throw new InvalidOperationException("broken");
            }
        });

        Assert.Equal("broken", Assert.Throws<AggregateException>(() => Wait(work)).InnerException!.Message);
    }

    private static Task Run(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, LowPriorityScheduler.Instance);

    private static void Wait(params Task[] tasks) => Task.WaitAll(tasks);
}
