using System.Globalization;
using RnnService.Model.Kernels.Threads;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

public class LowPriorityTests
{
    [Fact]
    public void A_training_calculates_on_threads_that_give_way_and_its_own_thread_does_not_stay_so()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        long before = TicksOfNiceThreads();
        using Trainer trainer = new(new TrainingSettings { HiddenSize = 256, Epochs = 1, TrainingImages = 1_000 }, Mnist.Data);
        Assert.Single(trainer.Train());

        Assert.True(TicksOfNiceThreads() > before, "No thread of low priority did anything.");
        Assert.False(CoreShares.IsLowPriority);
    }

    [Fact]
    public async Task The_system_knows_that_a_thread_gives_way()
    {
        (ThreadPriority priority, string? stat) = await Task.Factory.StartNew(
            () => (Thread.CurrentThread.Priority, OperatingSystem.IsLinux() ? File.ReadAllText("/proc/thread-self/stat") : null),
            CancellationToken.None, TaskCreationOptions.None, LowPriorityScheduler.Instance);

        Assert.Equal(ThreadPriority.Lowest, priority);
        if (stat is not null)
        {
            // proc(5): the 19th field is the niceness; the second one, a name in brackets, may have blanks.
            Assert.Equal("19", stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16]);
        }
    }

    /// <summary>Processor time of this process's threads with a niceness of 19; proc(5): the 14th, 15th and 19th field.</summary>
    private static long TicksOfNiceThreads() => Directory.GetDirectories("/proc/self/task")
        .Select(task => File.ReadAllText(Path.Combine(task, "stat")))
        .Select(stat => stat[(stat.LastIndexOf(')') + 2)..].Split(' '))
        .Where(fields => fields[16] == "19")
        .Sum(fields => long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
}
