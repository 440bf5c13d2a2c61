using RnnService.Model.Kernels;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Model.Tests.Training;

public class LowPriorityTests
{
    [Fact]
    public async Task What_a_training_shares_among_the_cores_gives_way()
    {
        // On a thread of its own, which nobody uses afterwards.
        bool givesWay = await Task.Factory.StartNew(
            () =>
            {
                using Trainer trainer = new(new TrainingSettings { HiddenSize = 4, Epochs = 1, TrainingImages = 10, BatchSize = 3 }, Mnist.Data);
                bool before = CoreShares.GivesWay;
                Assert.Single(trainer.Train());
                return !before && CoreShares.GivesWay;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.True(givesWay);
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
}
