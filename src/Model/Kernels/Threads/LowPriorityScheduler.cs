using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace RnnService.Model.Kernels.Threads;

/// <summary>
/// Runs tasks on threads of its own, one for each core, which the system lets run when no other thread wants the core: training then takes what serving
/// leaves. Threads of the pool cannot be that, since they serve next.
/// </summary>
internal sealed partial class LowPriorityScheduler : TaskScheduler
{
    // Linux has no thread priorities but niceness, of which a thread has its own; 19 is the nicest.
    private const int Process = 0;
    private const int ThisThread = 0;
    private const int Nicest = 19;

    private static readonly Lazy<LowPriorityScheduler> Shared = new(() => new LowPriorityScheduler());

    private readonly BlockingCollection<Task> tasks = [];

    [ThreadStatic]
    private static bool isMine;

    private LowPriorityScheduler()
    {
        for (int core = 0; core < Environment.ProcessorCount; core++)
        {
            new Thread(RunAll) { IsBackground = true, Priority = ThreadPriority.Lowest, Name = nameof(LowPriorityScheduler) }.Start();
        }
    }

    /// <summary>The one of this process, made when it is first needed.</summary>
    public static LowPriorityScheduler Instance => Shared.Value;

    /// <inheritdoc />
    protected override void QueueTask(Task task) => tasks.Add(task);

    /// <summary>Never on the caller's thread, which has a priority of its own.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => isMine && TryExecuteTask(task);

    /// <inheritdoc />
    protected override IEnumerable<Task> GetScheduledTasks() => tasks;

    private void RunAll()
    {
        isMine = true;
        if (OperatingSystem.IsLinux())
        {
            // Lowering one's own priority is always allowed; where it fails all the same, training runs as everything else does.
            _ = SetPriority(Process, ThisThread, Nicest);
        }

        foreach (Task task in tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
