using System.Runtime.InteropServices;

namespace RnnService.Model.Kernels.Threads;

/// <summary>
/// The nice value of a thread: its share of a busy processor. .NET ignores thread priorities on Linux, where each thread has a nice value instead. Threads of the thread
/// pool must keep theirs, because it would affect other work.
/// </summary>
internal static partial class NiceValue
{
    /// <summary>The lowest priority.</summary>
    public const int Lowest = 19;

    /// <summary>Between inference, at 0, and training, at 19. A busy processor runs it a tenth as long as inference and seven times as long as training.</summary>
    public const int BelowInference = 10;

    private const int Process = 0;
    private const int ThisThread = 0;

    /// <summary>Sets the nice value of the calling thread. Has no effect on other operating systems than Linux.</summary>
    public static void SetForThisThread(int value)
    {
        if (OperatingSystem.IsLinux())
        {
            // Lowering the priority is always permitted. If it fails nevertheless, the thread runs with normal priority.
            _ = SetPriority(Process, ThisThread, value);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
