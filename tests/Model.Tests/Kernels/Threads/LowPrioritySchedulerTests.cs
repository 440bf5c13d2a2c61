using System.Collections.Concurrent;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Tests.Kernels.Threads;

[Collection(nameof(ParallelRanges))]
public class LowPrioritySchedulerTests
{
    [Fact]
    public async Task Work_in_gaps_starts_when_no_other_work_waits_for_a_thread()
    {
        using SemaphoreSlim one = new(0);
        ConcurrentQueue<string> order = new();
        Task[] blocked = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Run(one.Wait))];
        Task later = ParallelRanges.RunInGaps(items: 3, together: 2, (first, count) => order.Enqueue($"{first} to {first + count - 1}"));
        Task urgent = Run(() => order.Enqueue("urgent"));

        // The first thread that is free takes everything that waits.
        one.Release();
        await Task.WhenAll(later, urgent);
        one.Release(blocked.Length - 1);
        await Task.WhenAll(blocked);

        Assert.Equal(["urgent", "0 to 1", "2 to 2"], order);
    }

    [Fact]
    public async Task A_fault_of_work_in_gaps_is_that_of_its_task()
    {
        Task work = ParallelRanges.RunInGaps(items: 4, together: 1, (first, _) =>
        {
            if (first == 2)
            {
                throw new InvalidOperationException("broken");
            }
        });

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => work)).Message);
    }

    private static Task Run(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, LowPriorityScheduler.Instance);
}
