using Microsoft.Extensions.DependencyInjection;
using RnnService.Api.Jobs;
using RnnService.Api.Storage;
using RnnService.Model.Checkpoints;
using RnnService.Model.Training;

namespace RnnService.Api.Tests.Jobs;

/// <summary>A worker that claims jobs, renews its lease, and writes epochs with the real types, but does not train. At random it crashes, pauses, or stops.</summary>
internal sealed class SimulatedWorker
{
    private const int Batches = 100;
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(1);

    private readonly LeaseSimulation simulation;
    private readonly JobClaims claims;
    private JobLease? current;
    private bool isDead;
    private DateTimeOffset pausedUntil;

    public SimulatedWorker(LeaseSimulation simulation, IServiceProvider services)
    {
        this.simulation = simulation;
        claims = new JobClaims(
            services.GetRequiredService<JobStore>(),
            services.GetRequiredService<JobLeases>(),
            services.GetRequiredService<JobCheckpoints>(),
            services.GetRequiredService<DatabaseRetry>(),
            new WorkerIdentity());
    }

    public async Task DeliverAsync(Guid id)
    {
        if (isDead || current is not null || simulation.Now < pausedUntil)
        {
            return;
        }

        (current, TrainingJob job) = await claims.ClaimAsync(id, CancellationToken.None);
        if (current is null)
        {
            simulation.RefusedClaims++;
            return;
        }

        simulation.OnClaimed(job);
        Schedule(RenewalInterval, current, RenewAsync);
        Schedule(EpochTime(), current, lease => CompleteEpochAsync(lease, job.LastEpoch + 1));
    }

    private async Task RenewAsync(JobLease lease)
    {
        switch (simulation.Random.Next(300))
        {
            case < 3:
                isDead = true;
                simulation.Schedule(TimeSpan.FromSeconds(10), () =>
                {
                    simulation.AddWorker();
                    return Task.CompletedTask;
                });
                return;
            case < 7:
                pausedUntil = simulation.Now + TimeSpan.FromSeconds(30 * simulation.Random.NextDouble());
                Schedule(TimeSpan.Zero, lease, RenewAsync);
                return;
            case < 9:
                await lease.ReleaseAsync(CancellationToken.None);
                simulation.OnReleased(lease.Job.Id);
                current = null;
                return;
        }

        if (lease.Renew(Progress(1)) == TrainingJobStatus.Cancelling)
        {
            await lease.CancelAsync(CancellationToken.None);
            current = null;
            return;
        }

        simulation.OnRenewed(lease.Job.Id);
        Schedule(RenewalInterval, lease, RenewAsync);
    }

    private async Task CompleteEpochAsync(JobLease lease, int epoch)
    {
        Checkpoint checkpoint = new("simulated", epoch, 0, 0, [], [], [], [], null);
        await lease.AddEpochAsync(new EpochResult(epoch, 0.1, 0.1, 0.1, 0.9, 0.001, 1, 100), Progress(epoch), checkpoint);
        simulation.OnEpochWritten(lease.Job, epoch);
        if (epoch < simulation.Epochs)
        {
            Schedule(EpochTime(), lease, next => CompleteEpochAsync(next, epoch + 1));
            return;
        }

        if (!await lease.SucceedAsync(0.9, Guid.NewGuid(), _ => Task.CompletedTask, () => Task.CompletedTask))
        {
            await lease.CancelAsync(CancellationToken.None);
        }

        current = null;
    }

    /// <summary>Runs an action unless the worker has crashed or lost the lease. A pause delays it.</summary>
    private void Schedule(TimeSpan delay, JobLease lease, Func<JobLease, Task> action) => simulation.Schedule(delay, async () =>
    {
        if (isDead || current != lease)
        {
            return;
        }

        if (simulation.Now < pausedUntil)
        {
            Schedule(pausedUntil - simulation.Now, lease, action);
            return;
        }

        try
        {
            await action(lease);
        }
        catch (LeaseLostException)
        {
            simulation.LostLeases++;
            current = null;
        }
    });

    private TimeSpan EpochTime() => TimeSpan.FromSeconds(2 + (6 * simulation.Random.NextDouble()));

    private TrainingProgress Progress(int epoch) => new(epoch, simulation.Epochs, 0, Batches, 100);
}
