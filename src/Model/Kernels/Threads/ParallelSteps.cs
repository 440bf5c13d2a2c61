using System.Runtime.ExceptionServices;

namespace RnnService.Model.Kernels.Threads;

/// <summary>
/// Distributes a sequence of dependent steps among the cores, where each step consists of independent blocks. Idle threads take the next block, and a step starts
/// when the previous one is complete. At normal priority, the calling thread participates, so the work completes even if no other thread is available.
/// </summary>
/// <param name="steps">Number of steps.</param>
/// <param name="blocks">Number of blocks in each step.</param>
/// <param name="run">Processes a block, given its step and its index in the step.</param>
internal sealed class ParallelSteps(int steps, int blocks, Action<int, int> run) : IThreadPoolWorkItem
{
    private readonly int end = steps * blocks;
    private int taken;
    private int done;
    private volatile ExceptionDispatchInfo? fault;

    /// <summary>
    /// Whether no work item is queued for the thread pool. Otherwise, a thread is likely to be preempted inside a block, for which all other threads then wait.
    /// </summary>
    public static bool CoresAreFree => ThreadPool.PendingWorkItemCount == 0;

    /// <summary>Processes all steps, and returns when they are complete. An exception in a block is rethrown.</summary>
    public static void Run(int steps, int blocks, Action<int, int> run)
    {
        ParallelSteps work = new(steps, blocks, run);
        int participants = Math.Min(ParallelRanges.Cores, blocks);
        if (LowPriorityScope.IsActive)
        {
            ParallelRanges.RunShares(participants, _ => work.RunBlocks());
        }
        else
        {
            for (int helper = 1; helper < participants; helper++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
            }

            work.RunBlocks();
            work.WaitUntilDone(work.end);
        }

        work.fault?.Throw();
    }

    /// <inheritdoc />
    void IThreadPoolWorkItem.Execute() => RunBlocks();

    private void RunBlocks()
    {
        for (int block = TakeBlock(); block < end; block = TakeBlock())
        {
            int step = block / blocks;
            WaitUntilDone(step * blocks);
            try
            {
                // After an exception, the remaining blocks are only counted, because other threads wait for them.
                if (fault is null)
                {
                    run(step, block % blocks);
                }
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }

            Interlocked.Increment(ref done);
        }
    }

    private int TakeBlock() => Interlocked.Increment(ref taken) - 1;

    /// <summary>Waits by spinning, because a block takes only microseconds. Yielding lets a preempted thread resume earlier; sleeping would take too long.</summary>
    private void WaitUntilDone(int count)
    {
        SpinWait wait = default;
        while (Volatile.Read(ref done) < count)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }
}
