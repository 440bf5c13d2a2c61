using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// While a worker trains: keeps its hold on the job and says where the training is, with one small write. When the job is to be cancelled, or the
/// service stops, it writes that down at once, however long the batch under way may take, and the training ends after it.
/// </summary>
internal sealed class LeaseRenewal : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly JobLease lease;
    private readonly CancellationToken stopping;
    private readonly CancellationTokenSource unwanted;
    private readonly CancellationTokenSource over;
    private readonly Task renewing;

    public LeaseRenewal(JobLease lease, Trainer trainer, TimeProvider time, CancellationToken stopping)
    {
        this.lease = lease;
        this.stopping = stopping;
        unwanted = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        renewing = RenewAsync(trainer, time);
    }

    /// <summary>The service stops, the job is cancelled, or it cannot be held: then the training should end.</summary>
    public CancellationToken Unwanted => unwanted.Token;

    /// <summary>Ends the renewing; throws what it broke off with, which then is the reason for all else.</summary>
    public async Task EndAsync()
    {
        await over.CancelAsync();
        await renewing;
    }

    public void Dispose()
    {
        unwanted.Dispose();
        over.Dispose();
    }

    private async Task RenewAsync(Trainer trainer, TimeProvider time)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(over.Token))
            {
                TrainingJob job = await lease.RenewAsync(trainer.Progress);
                if (job.Status == TrainingJobStatus.Cancelling)
                {
                    await lease.CancelAsync();
                    await unwanted.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested)
            {
                await lease.ReleaseAsync();
            }
        }
        catch
        {
            await unwanted.CancelAsync();
            throw;
        }
    }
}
