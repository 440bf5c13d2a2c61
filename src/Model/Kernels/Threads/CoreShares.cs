namespace RnnService.Model.Kernels.Threads;

/// <summary>Distributes work among the cores.</summary>
internal static class CoreShares
{
    /// <summary>Number of cores to use: all, except in tests.</summary>
    public static int Cores { get; set; } = Environment.ProcessorCount;

    /// <summary>Whether work that this thread distributes runs at low priority.</summary>
    [field: ThreadStatic]
    public static bool IsLowPriority { get; private set; }

    /// <summary>Runs the work that this thread distributes at low priority until the result is disposed of, on the same thread.</summary>
    public static IDisposable LowPriority() => new LowPriorityScope();

    /// <summary>
    /// Divides independent items into contiguous ranges, one for each core, and returns when all are complete. The order and the sizes of the ranges are unspecified.
    /// </summary>
    /// <param name="items">Number of items.</param>
    /// <param name="together">Number of items that are best processed together: the size of each range but the last is a multiple of it.</param>
    /// <param name="run">Processes a range of items, given its first item and its size.</param>
    public static void Run(int items, int together, Action<int, int> run)
    {
        int groups = (items + together - 1) / together;
        int shares = Math.Min(Cores, groups);
        if (shares <= 1)
        {
            run(0, items);
            return;
        }

        ParallelOptions where = new() { TaskScheduler = IsLowPriority ? LowPriorityScheduler.Instance : TaskScheduler.Default };
        Parallel.For(0, shares, where, share =>
        {
            int first = groups * share / shares * together;
            int end = Math.Min(items, groups * (share + 1) / shares * together);
            run(first, end - first);
        });
    }

    private sealed class LowPriorityScope : IDisposable
    {
        private readonly bool before = IsLowPriority;

        public LowPriorityScope() => IsLowPriority = true;

        public void Dispose() => IsLowPriority = before;
    }
}
