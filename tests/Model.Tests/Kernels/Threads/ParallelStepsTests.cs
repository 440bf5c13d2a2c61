using System.Collections.Concurrent;
using RnnService.Model.Kernels.Threads;

namespace RnnService.Model.Tests.Kernels.Threads;

[Collection(nameof(ParallelRanges))]
public class ParallelStepsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_step_starts_only_after_the_previous_step_is_complete(int cores)
    {
        const int steps = 500;
        const int blocks = 5;
        int[] done = new int[steps];
        int tooEarly = 0;

        On(cores, () => ParallelSteps.Run(steps, blocks, (step, _) =>
        {
            if (step > 0 && Volatile.Read(ref done[step - 1]) < blocks)
            {
                Interlocked.Increment(ref tooEarly);
            }

            Interlocked.Increment(ref done[step]);
        }));

        Assert.Equal(0, tooEarly);
        Assert.All(done, count => Assert.Equal(blocks, count));
    }

    [Fact]
    public void Each_block_of_each_step_runs_exactly_once()
    {
        ConcurrentBag<(int Step, int Block)> done = [];

        On(4, () => ParallelSteps.Run(steps: 7, blocks: 3, (step, block) => done.Add((step, block))));

        Assert.Equal(Enumerable.Range(0, 7).SelectMany(step => Enumerable.Range(0, 3).Select(block => (step, block))), done.Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_exception_in_a_block_is_thrown_to_the_caller_and_no_thread_is_left_waiting(bool lowPriority)
    {
        using IDisposable? background = lowPriority ? new LowPriorityScope() : null;
        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => On(4, () => ParallelSteps.Run(steps: 7, blocks: 3, (step, block) =>
        {
            if (step == 3 && block == 1)
            {
                throw new InvalidOperationException("broken");
            }
        })));

        Assert.Equal("broken", fault.Message);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(true, 1)]
    [InlineData(false, 4)]
    [InlineData(false, 1)]
    public async Task Only_low_priority_work_runs_on_threads_of_low_priority(bool lowPriority, int cores)
    {
        ConcurrentBag<ThreadPriority> priorities = [];

        // Use a dedicated thread, which is not reused afterwards.
        await Task.Factory.StartNew(
            () =>
            {
                using IDisposable? background = lowPriority ? new LowPriorityScope() : null;
                On(cores, () =>
                {
                    ParallelRanges.Run(items: 100, together: 1, (_, _) => priorities.Add(Thread.CurrentThread.Priority));
                    ParallelSteps.Run(steps: 100, blocks: 4, (_, _) => priorities.Add(Thread.CurrentThread.Priority));
                });
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.NotEmpty(priorities);
        Assert.All(priorities, priority => Assert.Equal(lowPriority ? ThreadPriority.Lowest : ThreadPriority.Normal, priority));
    }

    private static void On(int cores, Action work)
    {
        int before = ParallelRanges.Cores;
        try
        {
            ParallelRanges.Cores = cores;
            work();
        }
        finally
        {
            ParallelRanges.Cores = before;
        }
    }
}
