using System.Runtime.ExceptionServices;

namespace RnnService.Model.Kernels.Threads;

/// <summary>
/// Shares among the cores steps that depend on each other, each made of blocks that do not. Whoever is free takes the next block; nobody begins a step before
/// the one before is done. The caller does not depend on anybody's coming: where no core is free, it does all blocks itself.
/// </summary>
/// <param name="steps">How many steps there are.</param>
/// <param name="blocks">Blocks of each step.</param>
/// <param name="run">Does a block, by its step and its place in it.</param>
internal sealed class CoreSteps(int steps, int blocks, Action<int, int> run) : IThreadPoolWorkItem
{
    private readonly int end = steps * blocks;
    private int taken;
    private int done;
    private volatile ExceptionDispatchInfo? fault;

    /// <summary>
    /// Whether nobody waits for a thread. Where somebody does, a core that is to help is soon taken away in the middle of a block, and the others wait for it.
    /// </summary>
    public static bool CoresAreFree => ThreadPool.PendingWorkItemCount == 0;

    /// <summary>Does all steps, and returns when they are done.</summary>
    public static void Run(int steps, int blocks, Action<int, int> run)
    {
        CoreSteps work = new(steps, blocks, run);
        int participants = Math.Min(CoreShares.Cores, blocks);
        if (CoreShares.IsLowPriority)
        {
            CoreShares.Run(participants, together: 1, (_, _) => work.TakePart());
            return;
        }

        for (int helper = 1; helper < participants; helper++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }

        work.TakePart();
        work.WaitUntilDone(work.end);
        work.fault?.Throw();
    }

    /// <inheritdoc />
    void IThreadPoolWorkItem.Execute() => TakePart();

    private void TakePart()
    {
        for (int block = Take(); block < end; block = Take())
        {
            int step = block / blocks;
            WaitUntilDone(step * blocks);
            try
            {
                // After a fault there is nothing to go on with, but the others wait for each block.
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

    private int Take() => Interlocked.Increment(ref taken) - 1;

    /// <summary>What is waited for takes microseconds. A thread that lost its core meanwhile gets it sooner when the others yield.</summary>
    private void WaitUntilDone(int count)
    {
        SpinWait wait = default;
        while (Volatile.Read(ref done) < count)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }
}
