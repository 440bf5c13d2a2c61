using System.Globalization;
using RnnService.Model.Inference;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

public class LowPriorityTests
{
    /// <summary>SCHED_IDLE; see sched(7).</summary>
    private const string IdlePolicy = "5";

    [Fact]
    public void Training_runs_on_low_priority_threads_and_restores_the_callers_priority()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        long before = TicksOfIdleThreads();
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 256, Epochs = 1, TrainingImages = 1_000 }, Mnist.Data);
        Assert.Single(trainer.Train());

        Assert.True(TicksOfIdleThreads() > before, "No low-priority thread used processor time.");
        Assert.False(LowPriorityScope.IsActive);
    }

    [Fact]
    public void The_operating_system_sees_the_low_priority()
    {
        (ThreadPriority priority, string? stat) = (default, null);
        using (new LowPriorityScope())
        {
            ParallelRanges.RunShares(shares: 1, _ => (priority, stat) = (Thread.CurrentThread.Priority, OperatingSystem.IsLinux() ? File.ReadAllText("/proc/thread-self/stat") : null));
        }

        Assert.Equal(ThreadPriority.Lowest, priority);
        if (stat is not null)
        {
            Assert.Equal(IdlePolicy, Fields(stat)[38]);
        }
    }

    [Fact]
    public async Task Images_are_fitted_at_low_priority_and_their_callers_continue_at_normal_priority()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using DigitFitter fitter = new(threads: 1);
        long before = TicksOfIdleThreads();
        await fitter.FitAsync(new Canvas(2048, 2048).Paste(Mnist.Data.Test.Pixels(0), 0, 0, scale: 70).ToPng());

        Assert.True(TicksOfIdleThreads() > before, "No low-priority thread used processor time.");
        Assert.NotEqual(IdlePolicy, Fields(File.ReadAllText("/proc/thread-self/stat"))[38]);
    }

    /// <summary>Processor time of this process's threads with the idle policy; proc(5), fields 14, 15, and 41.</summary>
    private static long TicksOfIdleThreads() => Directory.GetDirectories("/proc/self/task")
        .Select(task => Fields(File.ReadAllText(Path.Combine(task, "stat"))))
        .Where(fields => fields[38] == IdlePolicy)
        .Sum(fields => long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));

    /// <summary>The fields of proc(5) from field 3 on; field 2, a name in parentheses, can contain spaces.</summary>
    private static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
}
