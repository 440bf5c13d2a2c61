namespace RnnService.Model.Kernels.Threads;

/// <summary>Distributes ranges of independent items among the cores, at the priority of <see cref="LowPriorityScope"/>.</summary>
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

    /// <summary>Runs something once for each share, never on the calling thread at low priority, and returns when all are complete.</summary>
    public static void RunShares(int shares, Action<int> run)
    {
        ParallelOptions where = new() { TaskScheduler = LowPriorityScope.IsActive ? LowPriorityScheduler.Instance : TaskScheduler.Default };
        Parallel.For(0, shares, where, run);
    }
}
