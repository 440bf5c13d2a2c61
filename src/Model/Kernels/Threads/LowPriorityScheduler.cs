using System.Collections.Concurrent;

namespace RnnService.Model.Kernels.Threads;

/// <summary>
/// Runs tasks on dedicated threads, one for each core, with the lowest priority: training uses the processor time that inference leaves idle. Threads of the
/// thread pool cannot be used, because lowering their priority would affect other work.
/// </summary>
internal sealed class LowPriorityScheduler : TaskScheduler
{
    private static readonly Lazy<(LowPriorityScheduler First, LowPriorityScheduler Later)> Shared = new(Start);

    [ThreadStatic]
    private static bool isWorkerThread;

    private readonly ConcurrentQueue<Task> tasks = new();
    private readonly SemaphoreSlim available;

    private LowPriorityScheduler(SemaphoreSlim available) => this.available = available;

    /// <summary>The scheduler of the process, created on first use.</summary>
    public static LowPriorityScheduler Instance => Shared.Value.First;

    /// <summary>Runs tasks on the same threads, when no task of <see cref="Instance"/> waits for one: work that is needed later.</summary>
    public static LowPriorityScheduler Later => Shared.Value.Later;

    /// <inheritdoc />
    protected override void QueueTask(Task task)
    {
        tasks.Enqueue(task);
        available.Release();
    }

    /// <summary>Runs tasks inline only on the scheduler's own threads: other threads have another priority.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => isWorkerThread && TryExecuteTask(task);

    /// <inheritdoc />
    protected override IEnumerable<Task> GetScheduledTasks() => tasks;

    private static (LowPriorityScheduler First, LowPriorityScheduler Later) Start()
    {
        SemaphoreSlim available = new(0);
        LowPriorityScheduler first = new(available), later = new(available);
        for (int core = 0; core < Environment.ProcessorCount; core++)
        {
            new Thread(() => RunAll(available, first, later)) { IsBackground = true, Priority = ThreadPriority.Lowest, Name = nameof(LowPriorityScheduler) }.Start();
        }

        return (first, later);
    }

    private static void RunAll(SemaphoreSlim available, LowPriorityScheduler first, LowPriorityScheduler later)
    {
        isWorkerThread = true;
        IdleScheduling.SetForThisThread();
        while (true)
        {
            available.Wait();
            if (!first.TryRun())
            {
                later.TryRun();
            }
        }
    }

    private bool TryRun()
    {
        if (!tasks.TryDequeue(out Task? task))
        {
            return false;
        }

        TryExecuteTask(task);
        return true;
    }
}
