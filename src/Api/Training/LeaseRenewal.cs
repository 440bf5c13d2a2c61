using RnnService.Api.Jobs;
using RnnService.Model.Training;

namespace RnnService.Api.Training;

/// <summary>
/// Renews a job's lease from the claim to the end of the attempt, and stores the progress. It has a thread of its own with normal priority: timers and tasks wait when all threads of the
/// thread pool are busy, and the threads that train have the lowest priority. While the database does not respond, the training continues, and the renewal is repeated. When the job is
/// cancelled or the service stops, it stores the new status immediately, however long the current batch takes; the training ends after this batch.
/// </summary>
internal sealed class LeaseRenewal : IDisposable
{
    // The timer can be late, because it uses the thread pool.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1.5);

    // A service that stops does not wait longer for a database that does not respond. The lease expires.
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    private readonly JobLease lease;
    private readonly TimeSpan interval;
    private readonly TimeProvider time;
    private readonly CancellationToken stopping;
    private readonly CancellationTokenSource abort;
    private readonly CancellationTokenSource ended;
    private readonly AutoResetEvent due = new(false);
    private readonly Thread thread;
    private volatile Trainer? trainer;
    private TrainingJob? stored;

    public LeaseRenewal(JobLease lease, TimeSpan interval, TimeProvider time, CancellationToken stopping)
    {
        this.lease = lease;
        this.interval = interval;
        this.time = time;
        this.stopping = stopping;
        abort = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        thread = new Thread(Run) { IsBackground = true, Name = nameof(LeaseRenewal) };
        thread.Start();
    }

    /// <summary>Cancelled when the training must end: the service stops, the job is cancelled, or the lease was lost.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>The fault that ended the renewal early, which is the cause of all later ones.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Stores the progress of a trainer from now on.</summary>
    public void Observe(Trainer started) => trainer = started;

    /// <summary>Stops the renewal. If the service stops, the job is returned to the queue first.</summary>
    /// <returns>The job if the attempt is over: it was cancelled, returned to the queue, or lost, or the service stops. Null if the worker still has the lease.</returns>
    public TrainingJob? End()
    {
        ended.Cancel();
        thread.Join();
        return stored;
    }

    public void Dispose()
    {
        End();
        abort.Dispose();
        ended.Dispose();
        due.Dispose();
    }

    private void Run()
    {
        try
        {
            stored = RenewUntilEnd();
        }
        catch (LeaseLostException e)
        {
            stored = e.Job;
        }
        catch (Exception e)
        {
            Fault = e;
        }

        abort.Cancel();
    }

    private TrainingJob? RenewUntilEnd()
    {
        using ITimer timer = time.CreateTimer(_ => due.Set(), null, interval, interval);
        WaitHandle[] events = [due, ended.Token.WaitHandle];
        try
        {
            while (!ended.IsCancellationRequested)
            {
                WaitHandle.WaitAny(events, LongestInterval);
                ended.Token.ThrowIfCancellationRequested();
                if (lease.Renew(trainer?.Progress) == TrainingJobStatus.Cancelling)
                {
                    return Wait(lease.CancelAsync(stopping));
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }

        return stopping.IsCancellationRequested ? Release() : null;
    }

    private TrainingJob Release()
    {
        using CancellationTokenSource timeout = new(ReleaseTimeout, time);
        try
        {
            return Wait(lease.ReleaseAsync(timeout.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return lease.Job;
        }
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
