using System.Globalization;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

public class LowPriorityTests
{
    [Fact]
    public void Training_runs_on_low_priority_threads_and_restores_the_callers_priority()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        long before = TicksOfNiceThreads();
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 256, Epochs = 1, TrainingImages = 1_000 }, Mnist.Data);
        Assert.Single(trainer.Train());

        Assert.True(TicksOfNiceThreads() > before, "No low-priority thread used processor time.");
        Assert.False(LowPriorityScope.IsActive);
    }

    [Fact]
    public async Task The_operating_system_sees_the_low_priority()
    {
        (ThreadPriority priority, string? stat) = await Task.Factory.StartNew(
            () => (Thread.CurrentThread.Priority, OperatingSystem.IsLinux() ? File.ReadAllText("/proc/thread-self/stat") : null),
            CancellationToken.None, TaskCreationOptions.None, LowPriorityScheduler.Instance);

        Assert.Equal(ThreadPriority.Lowest, priority);
        if (stat is not null)
        {
            // proc(5): field 19 is the nice value; field 2, a name in parentheses, can contain spaces.
            Assert.Equal("19", stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16]);
        }
    }

    /// <summary>Processor time of this process's threads with a nice value of 19; proc(5), fields 14, 15, and 19.</summary>
    private static long TicksOfNiceThreads() => Directory.GetDirectories("/proc/self/task")
        .Select(task => File.ReadAllText(Path.Combine(task, "stat")))
        .Select(stat => stat[(stat.LastIndexOf(')') + 2)..].Split(' '))
        .Where(fields => fields[16] == "19")
        .Sum(fields => long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
}
