using Microsoft.Extensions.Time.Testing;

namespace RnnService.Api.Tests.Progress;

/// <summary>Time that is moved by hand, and tells when somebody has set a timer for a heartbeat in time.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    public SemaphoreSlim HeartbeatTimerSet { get; } = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (period == Timeout.InfiniteTimeSpan && dueTime > TimeSpan.FromSeconds(1) && dueTime <= TimeSpan.FromSeconds(15))
        {
            HeartbeatTimerSet.Release();
        }

        return timer;
    }
}
