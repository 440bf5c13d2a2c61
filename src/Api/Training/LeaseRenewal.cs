using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// While a worker trains: keeps its hold on the job, says where the training is, and hears when the job is not wanted any more, all with one
/// small write.
/// </summary>
internal sealed class LeaseRenewal : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource unwanted;
    private readonly CancellationTokenSource over = new();
    private readonly Task renewing;

    public LeaseRenewal(JobLease lease, Trainer trainer, TimeProvider time, CancellationToken stopping)
    {
        unwanted = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        renewing = RenewAsync(lease, trainer, time);
    }

    /// <summary>The service stops, the job is to be cancelled, or it cannot be held: then the training should end.</summary>
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

    private async Task RenewAsync(JobLease lease, Trainer trainer, TimeProvider time)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(over.Token))
            {
                TrainingJob job = await lease.RenewAsync(trainer.Progress);
                if (job.Status == TrainingJobStatus.Cancelling)
                {
                    await unwanted.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // All is done.
        }
        catch
        {
            await unwanted.CancelAsync();
            throw;
        }
    }
}
