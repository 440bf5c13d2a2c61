using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// Renews a job's lease during the training and stores the progress, with one small write. While the database does not respond, the training continues, and the renewal is
/// repeated. When the job is cancelled or the service stops, it stores the new status immediately, however long the current batch takes; the training ends after this batch.
/// </summary>
internal sealed class LeaseRenewal : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    // A service that stops does not wait longer for a database that does not respond. The next start releases the job.
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    private readonly JobLease lease;
    private readonly CancellationToken stopping;
    private readonly CancellationTokenSource abort;
    private readonly CancellationTokenSource ended;
    private readonly Task renewing;

    public LeaseRenewal(JobLease lease, Trainer trainer, TimeProvider time, CancellationToken stopping)
    {
        this.lease = lease;
        this.stopping = stopping;
        abort = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        renewing = RenewAsync(trainer, time);
    }

    /// <summary>Cancelled when the training must end: the service stops, the job is cancelled, or the lease was lost.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>Whether the job was cancelled.</summary>
    public bool WasCancelled { get; private set; }

    /// <summary>Stops the renewal. Throws the exception that ended it early, which is the cause of all later ones.</summary>
    public async Task EndAsync()
    {
        await ended.CancelAsync();
        await renewing;
    }

    public void Dispose()
    {
        abort.Dispose();
        ended.Dispose();
    }

    private async Task RenewAsync(Trainer trainer, TimeProvider time)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                TrainingJob job = await lease.RenewAsync(trainer.Progress, ended.Token);
                if (job.Status == TrainingJobStatus.Cancelling)
                {
                    await lease.CancelAsync(stopping);
                    WasCancelled = true;
                    await abort.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested)
            {
                await ReleaseAsync(time);
            }
        }
        catch
        {
            await abort.CancelAsync();
            throw;
        }
    }

    private async Task ReleaseAsync(TimeProvider time)
    {
        using CancellationTokenSource timeout = new(ReleaseTimeout, time);
        try
        {
            await lease.ReleaseAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // The job stays in the running state until the next start.
        }
    }
}
