using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;

namespace RnnService.Api.Admission;

/// <summary>
/// Limits how many callers do one kind of expensive work at the same time. Without a free permit, a caller is refused at once, or waits in a short queue. The capability that
/// does the work owns the pool. The instruments are <c>{name}.active</c>, <c>{name}.queued</c>, <c>{name}.limit</c> and <c>{name}.refused</c>.
/// </summary>
internal sealed class PermitPool : IDisposable
{
    public const string MeterName = "RnnService.Admission";

    private readonly ConcurrencyLimiter limiter;
    private readonly PermitDescription description;

    public PermitPool(PermitDescription description, IMeterFactory meters)
    {
        this.description = description;
        limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = description.Limit,
            QueueLimit = description.QueueLimit,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        Meter meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter($"{description.Name}.active", () => description.Limit - limiter.GetStatistics()!.CurrentAvailablePermits, "{permit}", $"Permits in use for {description.Work}.");
        meter.CreateObservableUpDownCounter($"{description.Name}.queued", () => limiter.GetStatistics()!.CurrentQueuedCount, "{caller}", $"Callers that wait for a permit for {description.Work}.");
        meter.CreateObservableGauge($"{description.Name}.limit", () => description.Limit, "{permit}", $"The limit of concurrent {description.Work}.");
        meter.CreateObservableCounter($"{description.Name}.refused", () => limiter.GetStatistics()!.TotalFailedLeases, "{caller}", $"Callers that were refused because of too many {description.Work}.");
    }

    /// <summary>Whether a permit is free. It can be taken by another caller in the meantime.</summary>
    public bool HasFree
    {
        get
        {
            using RateLimitLease lease = limiter.AttemptAcquire(permitCount: 0);
            return lease.IsAcquired;
        }
    }

    /// <summary>Takes permits without waiting.</summary>
    /// <param name="count">Number of permits. More than the limit count as the limit.</param>
    /// <returns>The permits, which the caller disposes of; null if not all of them are free.</returns>
    public RateLimitLease? TryTake(int count = 1) => TakenOrNull(limiter.AttemptAcquire(Math.Min(count, description.Limit)));

    /// <summary>Takes a permit, and waits in the queue for it.</summary>
    /// <exception cref="NoPermitException">The queue is full.</exception>
    public async ValueTask<RateLimitLease> TakeAsync(CancellationToken cancellation) =>
        TakenOrNull(await limiter.AcquireAsync(permitCount: 1, cancellation)) ?? throw Refusal();

    /// <summary>The response to a caller without a permit.</summary>
    public NoPermitException Refusal() => new(description);

    public void Dispose() => limiter.Dispose();

    private static RateLimitLease? TakenOrNull(RateLimitLease lease)
    {
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }
}
