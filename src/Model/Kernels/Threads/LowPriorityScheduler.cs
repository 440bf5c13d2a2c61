using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace RnnService.Model.Kernels.Threads;

/// <summary>
/// Runs tasks on dedicated threads, one for each core, with the lowest priority: training uses the processor time that inference leaves idle. Threads of the
/// thread pool cannot be used, because lowering their priority would affect other work.
/// </summary>
internal sealed partial class LowPriorityScheduler : TaskScheduler
{
    // .NET ignores thread priorities on Linux, where each thread has a nice value instead; 19 is the lowest priority.
    private const int Process = 0;
    private const int ThisThread = 0;
    private const int LowestPriority = 19;

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
        if (OperatingSystem.IsLinux())
        {
            // Lowering the priority is always permitted. If it fails nevertheless, training runs with normal priority.
            _ = SetPriority(Process, ThisThread, LowestPriority);
        }

        foreach (Task task in tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
