using System.Runtime.InteropServices;

namespace RnnService.Model.Kernels.Threads;

/// <summary>
/// The scheduling policy SCHED_IDLE of Linux: a thread runs almost only on a processor that would be idle otherwise, and yields as soon as another thread of the same control
/// group becomes ready. A thread with a high nice value would keep the processor until the end of its time slice. .NET ignores thread priorities on Linux. Source: sched(7).
/// </summary>
internal static partial class IdleScheduling
{
    private const int Idle = 5;
    private const int ThisThread = 0;

    /// <summary>
    /// Applies the policy to the calling thread and to the threads that it creates. Because the thread pool can create threads when a task is completed, the calling thread must not
    /// complete tasks that others await. Has no effect on other operating systems than Linux.
    /// </summary>
    public static void SetForThisThread()
    {
        if (OperatingSystem.IsLinux())
        {
            // The policy is permitted to every process. If it fails nevertheless, the thread runs with normal priority.
            int priority = 0;
            _ = SetScheduler(ThisThread, Idle, in priority);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
