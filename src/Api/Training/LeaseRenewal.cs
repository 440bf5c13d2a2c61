using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// Renews a job's lease during the training and stores the progress, with one small write. When the job is cancelled or the service stops, it stores the
/// new status within one interval, however long the current batch takes; the training ends after this batch.
/// </summary>
internal sealed class LeaseRenewal : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

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

    /// <summary>Cancelled when the training must end: the service stops, the job is cancelled, or the lease cannot be renewed.</summary>
    public CancellationToken Abort => abort.Token;

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
                TrainingJob job = await lease.RenewAsync(trainer.Progress);
                if (job.Status == TrainingJobStatus.Cancelling)
                {
                    await lease.CancelAsync();
                    await abort.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested)
            {
                await lease.ReleaseAsync();
            }
        }
        catch
        {
            await abort.CancelAsync();
            throw;
        }
    }
}
