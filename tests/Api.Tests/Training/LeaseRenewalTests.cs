using System.Diagnostics;
using RnnService.Api.Tests.Storage;
using RnnService.Testing;

namespace RnnService.Api.Tests.Training;

/// <summary>Occupies the thread pool of the process, so no other test may run in parallel.</summary>
[Collection(nameof(LeaseRenewalTests))]
[CollectionDefinition(nameof(LeaseRenewalTests), DisableParallelization = true)]
public sealed class LeaseRenewalTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_lease_is_renewed_while_all_cores_and_all_threads_of_the_pool_are_busy()
    {
        await using Service service = new(Database.In(directory), TimeProvider.System);
        string job = await service.StartTrainingAsync(Service.EndlessTraining);
        await service.WatchAsync(job).FirstAsync(item => item.EventType == "progress");

        using ManualResetEventSlim end = new();
        using CountdownEvent busy = new(1);
        try
        {
            Occupy(end, busy);

            // Without the thread pool: no await until the end.
            long start = Stopwatch.GetTimestamp();
            HashSet<string> renewals = [];
            while (renewals.Count < 5)
            {
                string until = Database.Read(directory, "SELECT until FROM job_leases WHERE attempt = 1");
                Assert.True(string.CompareOrdinal(until, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss}") > 0, "The lease has expired.");
                Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "The lease was not renewed.");
                renewals.Add(until);
                Thread.Yield();
            }
        }
        finally
        {
            end.Set();
            busy.Signal();
            busy.Wait();
        }
    }

    /// <summary>The first items keep the cores busy, and the others wait on all threads that the pool adds.</summary>
    private static void Occupy(ManualResetEventSlim end, CountdownEvent busy)
    {
        for (int item = 0; item < 10_000; item++)
        {
            bool spins = item < Environment.ProcessorCount;
            busy.AddCount();
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    while (spins && !end.IsSet)
                    {
                        Thread.SpinWait(1000);
                    }

                    end.Wait();
                    busy.Signal();
                },
                null);
        }
    }
}
