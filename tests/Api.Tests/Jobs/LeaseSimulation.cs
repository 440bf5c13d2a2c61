using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RnnService.Api.Jobs;
using RnnService.Api.Storage;
using RnnService.Api.Storage.Notifications;
using RnnService.Model.Training;
using RnnService.Testing;

namespace RnnService.Api.Tests.Jobs;

/// <summary>Runs simulated workers one event at a time, in the order of a virtual clock, which is the clock of the database.</summary>
internal sealed class LeaseSimulation : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(2);

    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly PriorityQueue<Func<Task>, DateTimeOffset> events = new();
    private readonly Dictionary<(Guid Job, int Epoch), int> writtenBy = [];
    private readonly Dictionary<Guid, DateTimeOffset> renewals = [];
    private readonly List<SimulatedWorker> workers = [];
    private readonly List<Guid> jobs = [];
    private readonly ServiceProvider services;
    private readonly JobStore store;
    private readonly JobReader reader;

    private LeaseSimulation(int seed, int epochs)
    {
        Random = new Random(seed);
        Epochs = epochs;
        services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Storage:Directory", (string?)directory.Path)]).Build())
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IInterceptor, FastCommits>()
            .AddLogging()
            .AddStorage()
            .AddNotifications()
            .AddJobs()
            .BuildServiceProvider();
        store = services.GetRequiredService<JobStore>();
        reader = services.GetRequiredService<JobReader>();
    }

    public Random Random { get; }

    public int Epochs { get; }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Claims of jobs whose lease had expired.</summary>
    public int Takeovers { get; private set; }

    /// <summary>Writes that were refused because another worker had the lease.</summary>
    public int LostLeases { get; set; }

    public int RefusedClaims { get; set; }

    public static async Task<LeaseSimulation> CreateAsync(int seed, int workers, int jobs, int epochs)
    {
        LeaseSimulation simulation = new(seed, epochs);
        await simulation.services.GetRequiredService<IServiceDatabase>().OpenAsync(CancellationToken.None);
        for (int i = 0; i < jobs; i++)
        {
            simulation.jobs.Add((await simulation.store.AddAsync(new NewJob(new TrainingSettings { Epochs = epochs }, JobPriority.Normal, Client: "", IdempotencyKey: null), jobs, CancellationToken.None)).Snapshot.Job.Id);
        }

        for (int i = 0; i < workers; i++)
        {
            simulation.AddWorker();
        }

        return simulation;
    }

    public void AddWorker() => workers.Add(new SimulatedWorker(this, services));

    public void Schedule(TimeSpan delay, Func<Task> action) => events.Enqueue(action, Now + delay);

    /// <summary>Runs until all jobs have ended.</summary>
    public async Task RunAsync(TimeSpan limit)
    {
        DateTimeOffset end = Now + limit;
        Schedule(TimeSpan.Zero, SweepAsync);
        foreach (Guid job in jobs.Where(_ => Random.Next(10) == 0))
        {
            Schedule(TimeSpan.FromSeconds(20 * Random.NextDouble()), () => store.AdvanceAsync(job, new JobChange((row, now) => row.RequestCancel(now))));
        }

        while (events.TryDequeue(out Func<Task>? action, out DateTimeOffset at))
        {
            Assert.True(at < end, "A job does not end.");
            if (at > Now)
            {
                clock.SetUtcNow(at);
            }

            await action();
        }
    }

    /// <summary>Asserts that all jobs have ended, with a log without gaps and one attempt per epoch.</summary>
    public async Task AssertJobsAsync()
    {
        foreach (Guid id in jobs)
        {
            JobSnapshot job = await reader.GetAsync(id, CancellationToken.None);
            Assert.True(job.IsTerminal && job.Job.IsTerminal);
            Assert.Equal(Enumerable.Range(1, job.Events.Count), job.Events.Select(entry => entry.Sequence));
            int[] epochs = [.. job.Epochs.Select(epoch => epoch.Epoch)];
            Assert.Equal(Enumerable.Range(1, epochs.Length), epochs);
            Assert.True(job.Job.Status != TrainingJobStatus.Succeeded || epochs.Length == Epochs);
            int[] attempts = [.. epochs.Select(epoch => writtenBy[(id, epoch)])];
            Assert.Equal(attempts.Order(), attempts);
            Assert.Equal(Enumerable.Range(1, job.Job.Attempt), job.Job.Attempts.Items.Select(attempt => attempt.Number));
        }

        await using ServiceDbContext database = await services.GetRequiredService<IDbContextFactory<ServiceDbContext>>().CreateDbContextAsync();
        Assert.Equal(0, await database.Set<LeaseTerm>().CountAsync());
    }

    public void OnClaimed(TrainingJob job)
    {
        if (renewals.TryGetValue(job.Id, out DateTimeOffset renewed))
        {
            Takeovers++;
            Assert.True(Now - renewed >= LeaseTerm.Duration, $"A job was claimed {Now - renewed} after its lease was renewed.");
        }

        renewals[job.Id] = Now;
    }

    public void OnRenewed(Guid job) => renewals[job] = Now;

    public void OnReleased(Guid job) => renewals.Remove(job);

    public void OnEpochWritten(TrainingJob job, int epoch)
    {
        Assert.True(writtenBy.TryAdd((job.Id, epoch), job.Attempt), "Two attempts wrote the same epoch.");
        OnRenewed(job.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        directory.Dispose();
    }

    /// <summary>Delivers each job without a worker to two workers, and ends those that are being cancelled, as the sweepers of the processes do.</summary>
    private async Task SweepAsync()
    {
        foreach (TrainingJob job in await reader.ListFreeAsync(withExpiredLease: true, CancellationToken.None))
        {
            if (job.Status == TrainingJobStatus.Cancelling)
            {
                await store.AdvanceAsync(job.Id, new JobChange((row, now) => row.CancelWithoutWorker(now)) { RequiresNoLease = true });
                continue;
            }

            for (int i = 0; i < 2; i++)
            {
                SimulatedWorker worker = workers[Random.Next(workers.Count)];
                Schedule(TimeSpan.FromSeconds(Random.NextDouble()), () => worker.DeliverAsync(job.Id));
            }
        }

        if ((await reader.ListUnfinishedAsync(CancellationToken.None)).Count > 0)
        {
            Schedule(SweepInterval, SweepAsync);
        }
    }
}
