using System.Collections.Concurrent;

namespace RnnService.Model.Kernels.Threads;

/// <summary>
/// Runs tasks on dedicated threads, one for each core, with the lowest priority: training uses the processor time that inference leaves idle. Threads of the
/// thread pool cannot be used, because lowering their priority would affect other work.
/// </summary>
internal sealed class LowPriorityScheduler : TaskScheduler
{
    private static readonly Lazy<LowPriorityScheduler> Shared = new(() => new LowPriorityScheduler());

    private readonly BlockingCollection<Task> tasks = [];

    [ThreadStatic]
    private static bool isWorkerThread;

    private LowPriorityScheduler()
    {
        for (int core = 0; core < Environment.ProcessorCount; core++)
        {
            new Thread(RunAll) { IsBackground = true, Priority = ThreadPriority.Lowest, Name = nameof(LowPriorityScheduler) }.Start();
        }
    }

    /// <summary>The scheduler of the process, created on first use.</summary>
    public static LowPriorityScheduler Instance => Shared.Value;

    /// <inheritdoc />
    protected override void QueueTask(Task task) => tasks.Add(task);

    /// <summary>Runs tasks inline only on the scheduler's own threads: other threads have another priority.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => isWorkerThread && TryExecuteTask(task);

    /// <inheritdoc />
    protected override IEnumerable<Task> GetScheduledTasks() => tasks;

    private void RunAll()
    {
        isWorkerThread = true;
        IdleScheduling.SetForThisThread();
        foreach (Task task in tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
