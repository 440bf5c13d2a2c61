namespace RnnService.Model.Kernels.Threads;

/// <summary>Distributes ranges of independent items among the cores, at the priority of <see cref="LowPriorityScope"/> unless noted otherwise.</summary>
internal static class ParallelRanges
{
    /// <summary>Number of cores to use: all, except in tests.</summary>
    public static int Cores { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Divides independent items into contiguous ranges, one for each core, and returns when all are complete. The order and the sizes of the ranges are unspecified. What fits
    /// into one range for lack of items runs on the calling thread.
    /// </summary>
    /// <param name="items">Number of items.</param>
    /// <param name="together">Number of items that are best processed together: the size of each range but the last is a multiple of it.</param>
    /// <param name="run">Processes a range of items, given its first item and its size.</param>
    public static void Run(int items, int together, Action<int, int> run)
    {
        int groups = (items + together - 1) / together;
        int shares = Math.Min(Cores, groups);
        if (shares <= 1 && (groups <= 1 || !LowPriorityScope.IsActive))
        {
            run(0, items);
            return;
        }

        RunShares(shares, share =>
        {
            int first = groups * share / shares * together;
            int end = Math.Min(items, groups * (share + 1) / shares * together);
            run(first, end - first);
        });
    }

    /// <summary>
    /// Starts to process independent items at low priority, in the gaps that <see cref="Run"/> leaves: while the cores wait for each other or for the thread that distributes their work.
    /// </summary>
    /// <param name="items">Number of items.</param>
    /// <param name="together">Number of items that are processed together, which should take much less than a millisecond.</param>
    /// <param name="run">Processes a range of items, given its first item and its size.</param>
    /// <returns>Completes when all items are processed.</returns>
    public static Task RunInGaps(int items, int together, Action<int, int> run) => Task.WhenAll(Enumerable.Range(0, (items + together - 1) / together).Select(group => Task.Factory.StartNew(
        () => run(group * together, Math.Min(together, items - (group * together))), CancellationToken.None, TaskCreationOptions.None, LowPriorityScheduler.Later)));

    /// <summary>Runs something once for each share, never on the calling thread at low priority, and returns when all are complete.</summary>
    public static void RunShares(int shares, Action<int> run)
    {
        ParallelOptions where = new() { TaskScheduler = LowPriorityScope.IsActive ? LowPriorityScheduler.Instance : TaskScheduler.Default };
        Parallel.For(0, shares, where, run);
    }
}
