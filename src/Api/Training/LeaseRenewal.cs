using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// Renews a job's lease and stores the progress during training, with one small write. When the job is cancelled or the service stops, it stores the
/// new status within one interval, even if the current batch takes long. Training stops after this batch.
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

    /// <summary>Cancelled when training must stop: the service stops, the job is cancelled, or the lease cannot be renewed.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>Stops the renewal. If an exception ended it early, rethrows that exception, because it is the root cause of later ones.</summary>
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
