namespace RnnService.Model.Kernels;

/// <summary>Shares work among the cores.</summary>
internal static class CoreShares
{
    /// <summary>How many cores share the work: all that there are, but for tests.</summary>
    public static int Cores { get; set; } = Environment.ProcessorCount;

    /// <summary>Whether the work that this thread shares out gives way to other work.</summary>
    [field: ThreadStatic]
    public static bool GivesWay { get; private set; }

    /// <summary>What this thread shares out from now on gives way to other work, until the result is disposed of on the same thread.</summary>
    public static IDisposable GiveWay() => new BackgroundWork();

    /// <summary>
    /// Gives each core a run of the items, and returns when all are done. Not for items that depend on each other: their order, and what a run
    /// is, are nobody's business.
    /// </summary>
    /// <param name="items">How many items there are.</param>
    /// <param name="together">Items that are best done at once: a run is a multiple of it, but for the last.</param>
    /// <param name="run">Does some items, by the first and how many.</param>
    public static void Run(int items, int together, Action<int, int> run)
    {
        int groups = (items + together - 1) / together;
        int shares = Math.Min(Cores, groups);
        if (shares <= 1)
        {
            run(0, items);
            return;
        }

        ParallelOptions where = new() { TaskScheduler = GivesWay ? LowPriorityScheduler.Instance : TaskScheduler.Default };
        Parallel.For(0, shares, where, share =>
        {
            int first = groups * share / shares * together;
            int end = Math.Min(items, groups * (share + 1) / shares * together);
            run(first, end - first);
        });
    }

    private sealed class BackgroundWork : IDisposable
    {
        private readonly bool before = GivesWay;

        public BackgroundWork() => GivesWay = true;

        public void Dispose() => GivesWay = before;
    }
}
